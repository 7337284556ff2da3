import { defineContract } from "../contract.ts";

export const signOutAtProviderContract = defineContract({
  service: "web",
  method: "GET",
  path: "/sign-out/provider",
  summary: "Show the sign-out page of the identity provider",
  description:
    "Redirects to the provider after a person signed out here. Without a recent sign-out, redirects to the sign-in page.",
  right: null,
  status: 200,
  response: null,
  page: true,
  errors: { 404: "No identity provider is configured" },
});
