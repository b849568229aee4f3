import type { StandardSchemaV1 } from 'ky';

/** What says whether an answer is of the form it should have: a schema of zod, or one of these. */
export type Schema<Answer> = StandardSchemaV1<unknown, Answer>;

/**
 * A schema whose code comes when there is an answer to check: zod, and what it checks, are not on the first screen.
 * @param load imports the schema.
 */
export function schemaOnUse<Answer>(load: () => Promise<Schema<Answer>>): Schema<Answer> {
  return schemaBy(async (value) => (await load())['~standard'].validate(value));
}

/** What the schema takes, or null, for which its code is not needed. */
export function orNull<Answer>(schema: Schema<Answer>): Schema<Answer | null> {
  return schemaBy<Answer | null>((value) => (value === null ? { value } : schema['~standard'].validate(value)));
}

function schemaBy<Answer>(validate: Schema<Answer>['~standard']['validate']): Schema<Answer> {
  return { '~standard': { version: 1, vendor: 'ticketmint', validate } };
}
