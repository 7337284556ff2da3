/** Who plays: a shop with two teams in two zones. Names of their own, so that nothing else is touched. */
export const rotas = [
  {
    team: "shop-platform",
    rotation_type: "weekly",
    timezone: "Europe/Berlin",
    handoff_time: "09:00",
    members: [
      { name: "Ada Lovelace", email: "ada@shop.example", role: "primary" },
      { name: "Konrad Zuse", email: "konrad@shop.example", role: "primary" },
      { name: "Emmy Noether", email: "emmy@shop.example", role: "secondary" },
    ],
  },
  {
    team: "shop-web",
    rotation_type: "daily",
    timezone: "America/New_York",
    handoff_time: "08:00",
    members: [
      { name: "Grace Hopper", email: "grace@shop.example", role: "primary" },
      { name: "Claude Shannon", email: "claude@shop.example", role: "primary" },
    ],
  },
] as const;

export const owners = {
  "shop-database": "shop-platform",
  "shop-checkout": "shop-web",
  "shop-frontend": "shop-web",
} as const;

export type ShopService = keyof typeof owners;
