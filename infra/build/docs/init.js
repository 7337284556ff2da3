/* global SwaggerUIBundle */
SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#reference",
  deepLinking: true,
  docExpansion: "list",
  displayRequestDuration: true,
  // No badge of a validator elsewhere.
  validatorUrl: null,
});
