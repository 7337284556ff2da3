/** Teams that a field suggests: enough for one with search. */
export const suggestedTeams = { limit: 200, after: null };
