package headroom.load.draft;

/** A small API as people describe it. */
final class PetStore {
  static final String YAML =
      """
      openapi: 3.0.3
      info: { title: Pets, version: "1" }
      servers: [ { url: "https://{region}.pets.test/v1", variables: { region: { default: eu } } } ]
      security: [ { bearerAuth: [] } ]
      paths:
        /pets/{petId}:
          parameters: [ { $ref: "#/components/parameters/PetId" } ]
          delete:
            tags: [ pets ]
            responses: { "204": { description: gone } }
          put:
            tags: [ pets ]
            requestBody:
              content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } }
            responses: { "200": { description: changed } }
          get:
            tags: [ pets ]
            responses: { "200": { description: one } }
        /pets:
          get:
            tags: [ pets ]
            parameters:
              - { name: limit, in: query, required: true, schema: { type: integer, default: 20 } }
              - { name: cursor, in: query, schema: { type: string } }
            responses:
              "200":
                description: all
          post:
            tags: [ pets ]
            requestBody:
              content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } }
            responses:
              "201":
                description: made
                content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } }
        /legacy:
          get: { deprecated: true, responses: { "200": { description: old } } }
      components:
        securitySchemes: { bearerAuth: { type: http, scheme: bearer } }
        parameters:
          PetId: { name: petId, in: path, required: true, schema: { type: string } }
        schemas:
          Base:
            type: object
            properties:
              id: { type: string, readOnly: true }
              name: { type: string, example: Rex }
          Pet:
            allOf:
              - $ref: "#/components/schemas/Base"
              - type: object
                required: [ kind ]
                properties:
                  kind: { type: string, enum: [ dog, cat ] }
                  age: { type: integer, minimum: 3 }
                  tags: { type: array, items: { type: string, format: uuid } }
                  parent: { $ref: "#/components/schemas/Pet" }
      """;

  private PetStore() {}
}
