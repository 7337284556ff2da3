import { parse, type ScalarTag } from "yaml";

const tags = [
  { tag: "!Ref", resolve: (value) => ({ Ref: value }) },
  { tag: "!GetAtt", resolve: (value) => ({ "Fn::GetAtt": value.split(".") }) },
  { tag: "!Sub", resolve: (value) => ({ "Fn::Sub": value }) },
] satisfies ScalarTag[];

/** Parses YAML with CloudFormation's short function syntax. */
export function parseCloudFormation(text: string): unknown {
  return parse(text, { customTags: tags });
}
