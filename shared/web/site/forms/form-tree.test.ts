import { describe, expect, test } from "vitest";
import { readForm } from "./form.ts";
import { editRows, type FormValue, treeOf } from "./form-tree.ts";

const treeFrom = (body: string) => treeOf(readForm(body));

describe("the fields of a form", () => {
  test("are the value that their names describe", () => {
    expect(treeFrom("team=web&members.0.name=Ada&members.0.email=a&members.1.name=Bob&op=save")).toEqual({
      team: "web",
      op: "save",
      members: [{ name: "Ada", email: "a" }, { name: "Bob" }],
    });
  });

  test("keep the order of their rows, regardless of their numbers", () => {
    expect(treeFrom("rows.10.x=c&rows.2.x=b&rows.1.x=a")).toEqual({
      rows: [{ x: "a" }, { x: "b" }, { x: "c" }],
    });
  });

  test("whose names are no path, or would reach behind the value, are left out", () => {
    const tree = treeFrom(
      "__proto__.x=1&a.__proto__.x=2&constructor.prototype.x=3&0=4&a..b=5&A=6&a.1234=7&a.b.c.d.e.f.g.h=8",
    );
    expect(Object.keys(tree)).toEqual(["constructor"]);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

describe("rows", () => {
  const blanks = {
    members: { row: { name: "" }, first: "name" },
    layers: { row: { members: [] }, first: "name" },
  };
  const two: FormValue = { layers: [{ members: [{ name: "Ada" }, { name: "Bob" }] }] };
  const edit = (operation: string, tree = two) => editRows(tree, operation, blanks);
  const membersAfter = (operation: string) =>
    JSON.stringify(edit(operation)?.tree).match(/(?<="name":")\w*/g);

  test.each([
    ["add:layers.0.members", ["Ada", "Bob", ""], "layers.0.members.2.name"],
    ["remove:layers.0.members.0", ["Bob"], "add:layers.0.members"],
    ["up:layers.0.members.1", ["Bob", "Ada"], "up:layers.0.members.0"],
    ["down:layers.0.members.0", ["Bob", "Ada"], "down:layers.0.members.1"],
    ["up:layers.0.members.0", ["Ada", "Bob"], "up:layers.0.members.0"],
    ["down:layers.0.members.1", ["Ada", "Bob"], "down:layers.0.members.1"],
  ])("%s leaves %j and goes on at %s", (operation, names, focus) => {
    expect(membersAfter(operation)).toEqual(names);
    expect(edit(operation)?.focus).toBe(focus);
  });

  test("can be added where there are none yet", () => {
    expect(edit("add:layers", {})).toEqual({ tree: { layers: [{ members: [] }] }, focus: "layers.0.name" });
  });

  test.each([
    "save",
    "add:others",
    "add:layers.7.members",
    "add:layers.x.members",
    "add:layers.0.members.members",
    "remove:layers.9",
    "up:layers",
    "down:__proto__.0",
    "remove:constructor.0",
  ])("stay as they are for %s", (operation) => {
    expect(edit(operation)).toBeUndefined();
  });
});
