import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EXPORT_FORMATS, FORMAT_IDS } from '../../../core/export/registry.ts';

describe.each(FORMAT_IDS)('the registry’s entry of %s', (id) => {
  it('says the same as the format itself', async () => {
    const { mimeType, extension, prepare } = EXPORT_FORMATS[id];
    expect(await prepare({})).toMatchObject({ id, mimeType, extension });
  });

  it('has options with defaults that a form can be drawn from', async () => {
    const schema = await EXPORT_FORMATS[id].schema();
    expect(schema.parse({})).toMatchObject({ columns: null, pageSize: 1_000, progressEvery: 1_000 });
    const { properties = {} } = z.toJSONSchema(schema, { io: 'input' });
    for (const property of Object.values(properties)) expect(property).toHaveProperty('default');
  });
});
