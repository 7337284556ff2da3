/** Description of the SCIM service for clients (RFC 7643 5 to 7). */
import { groupSchemaId } from "../../contracts/access/scim/scim-group.ts";
import { userSchemaId } from "../../contracts/access/scim/scim-user.ts";
import { limits } from "../../domain/limits.ts";

type Document = Readonly<Record<string, unknown>>;

const core = "urn:ietf:params:scim:schemas:core:2.0";

interface AttributeOptions {
  readonly type?: "string" | "boolean" | "complex" | "reference";
  readonly multiValued?: boolean;
  readonly required?: boolean;
  readonly caseExact?: boolean;
  readonly mutability?: "readWrite" | "readOnly" | "immutable";
  readonly uniqueness?: "none" | "server";
  readonly canonicalValues?: readonly string[];
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly Document[];
}

function attribute(name: string, description: string, options: AttributeOptions = {}): Document {
  const { type = "string" } = options;
  return {
    name,
    type,
    multiValued: false,
    description,
    required: false,
    ...(type === "string" || type === "reference" ? { caseExact: type === "reference" } : {}),
    mutability: "readWrite",
    returned: "default",
    uniqueness: "none",
    ...options,
  };
}

const readOnly = { mutability: "readOnly" } as const;

const userAttributes = [
  attribute("userName", "Name that the person signs in with at the identity provider.", {
    required: true,
    uniqueness: "server",
  }),
  attribute("displayName", "Name that the platform shows."),
  attribute("name", "Parts of the name.", {
    type: "complex",
    subAttributes: [
      attribute("formatted", "Full name."),
      attribute("familyName", "Last name."),
      attribute("givenName", "First name."),
    ],
  }),
  attribute("active", "False ends the person's sessions and prevents signing in. True for a new person.", {
    type: "boolean",
    required: true,
  }),
  attribute("emails", "The primary address identifies the person. Optional if userName is an address.", {
    type: "complex",
    multiValued: true,
    required: true,
    subAttributes: [
      attribute("value", "Address.", { required: true }),
      attribute("type", "Label such as work."),
      attribute("primary", "True for the preferred address.", { type: "boolean" }),
    ],
  }),
  attribute("groups", "Groups of the person.", {
    type: "complex",
    multiValued: true,
    ...readOnly,
    subAttributes: [
      attribute("value", "ID of the group.", { caseExact: true, ...readOnly }),
      attribute("display", "Name of the group.", readOnly),
      attribute("$ref", "URL of the group.", { type: "reference", referenceTypes: ["Group"], ...readOnly }),
      attribute("type", "Always direct.", readOnly),
    ],
  }),
];

const groupAttributes = [
  attribute("displayName", "Name that roles refer to.", { required: true, uniqueness: "server" }),
  attribute("members", "People in the group.", {
    type: "complex",
    multiValued: true,
    subAttributes: [
      attribute("value", "ID of the user.", { caseExact: true, mutability: "immutable" }),
      attribute("$ref", "URL of the user.", {
        type: "reference",
        referenceTypes: ["User"],
        mutability: "immutable",
      }),
      attribute("type", "Always User.", { mutability: "immutable", canonicalValues: ["User"] }),
    ],
  }),
];

const unsupported = { supported: false };

function documents(root: string) {
  const meta = (resourceType: string, path: string) => ({ resourceType, location: `${root}/${path}` });
  const schema = (id: string, name: string, description: string, attributes: readonly Document[]) => ({
    schemas: [`${core}:Schema`],
    id,
    name,
    description,
    attributes,
    meta: meta("Schema", `Schemas/${id}`),
  });
  const resourceType = (name: string, endpoint: string, description: string, schemaId: string) => ({
    schemas: [`${core}:ResourceType`],
    id: name,
    name,
    endpoint,
    description,
    schema: schemaId,
    schemaExtensions: [],
    meta: meta("ResourceType", `ResourceTypes/${name}`),
  });
  return {
    config: {
      schemas: [`${core}:ServiceProviderConfig`],
      patch: { supported: true },
      bulk: { ...unsupported, maxOperations: 0, maxPayloadSize: 0 },
      filter: { supported: true, maxResults: limits.scimPageSize },
      changePassword: unsupported,
      sort: unsupported,
      etag: unsupported,
      authenticationSchemes: [
        {
          type: "oauthbearertoken",
          name: "API key",
          description: "API key with the scope scim, as Authorization: Bearer.",
          primary: true,
        },
      ],
      meta: meta("ServiceProviderConfig", "ServiceProviderConfig"),
    },
    schemas: [
      schema(userSchemaId, "User", "Person", userAttributes),
      schema(groupSchemaId, "Group", "Group of people", groupAttributes),
    ],
    resourceTypes: [
      resourceType("User", "/Users", "People", userSchemaId),
      resourceType("Group", "/Groups", "Groups of people", groupSchemaId),
    ],
  };
}

/**
 * Returns the document of a path below the service, or the documents of a list; undefined for other paths.
 *
 * @param root URL of the SCIM service, without a slash at its end
 */
export function discover(path: readonly string[], root: string): Document | readonly Document[] | undefined {
  const { config, schemas, resourceTypes } = documents(root);
  const [name, id, ...more] = path;
  if (more.length > 0) return undefined;
  if (name === "ServiceProviderConfig") return id === undefined ? config : undefined;
  const list = name === "Schemas" ? schemas : name === "ResourceTypes" ? resourceTypes : undefined;
  return id === undefined ? list : list?.find((each) => each.id === id);
}
