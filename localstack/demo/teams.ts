import type * as z from "zod";
import type { teamPlanDocs } from "../../shared/contracts/oncall/schedules/plan.ts";

/** The demo's shop with two teams in two time zones, under names that affect nothing else. */

const weekly = { unit: "week", length: 1, handoff_time: "09:00", starts_on: "2024-01-01" } as const;

export const nights = [
  { name: "Radia Perlman", email: "radia@shop.example" },
  { name: "Alan Turing", email: "alan@shop.example" },
  { name: "Hedy Lamarr", email: "hedy@shop.example" },
];

export const schedules: (z.input<typeof teamPlanDocs> & { team: TeamName })[] = [
  {
    team: "shop-platform",
    timezone: "Europe/Berlin",
    layers: [
      {
        name: "days",
        role: "primary",
        rotation: weekly,
        members: [
          { name: "Ada Lovelace", email: "ada@shop.example" },
          { name: "Konrad Zuse", email: "konrad@shop.example" },
        ],
      },
      {
        name: "nights",
        role: "primary",
        rotation: { ...weekly, unit: "day", length: 3, handoff_time: "12:00" },
        members: nights,
        restrictions: [{ type: "daily", start: "21:00", end: "08:00" }],
      },
      {
        name: "leads",
        role: "secondary",
        rotation: { ...weekly, unit: "month" },
        members: [
          { name: "Emmy Noether", email: "emmy@shop.example" },
          { name: "Kurt Gödel", email: "kurt@shop.example" },
        ],
      },
    ],
  },
  {
    team: "shop-web",
    rotation_type: "daily",
    timezone: "America/New_York",
    handoff_time: "08:00",
    members: [
      { name: "Grace Hopper", email: "grace@shop.example", role: "primary" },
      { name: "Mary Jackson", email: "mary@shop.example", role: "primary" },
    ],
  },
];

type TeamName = "shop-platform" | "shop-web";

export const owners = {
  "shop-database": "shop-platform",
  "shop-checkout": "shop-web",
  "shop-frontend": "shop-web",
} as const;

export type ShopService = keyof typeof owners;
