/** Names the vocabulary of our JSON and XML exports: `public/schemas/export-1.schema.json`, `public/schemas/export-1.xsd`. */
export const EXPORT_SCHEMA = 'urn:ticketmint:export:1';
