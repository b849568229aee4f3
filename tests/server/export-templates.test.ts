import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExportTemplate } from '../../core/api/export-template.ts';
import { json, openServer, problemOf, type ServerFixture } from './server-fixture.ts';

let fixture: ServerFixture;
let eventId: string;
beforeAll(async () => {
  fixture = await openServer();
  eventId = await fixture.makeEvent();
});
afterAll(() => fixture[Symbol.asyncDispose]());

const path = (id = '') => `/api/events/${eventId}/export-templates${id === '' ? '' : `/${id}`}`;
const PLAN = {
  batches: null,
  formats: [{ id: 'csv', options: { delimiter: ';', bom: false } }],
  columns: [{ id: 'serial' }, { id: 'holder', title: 'Guest' }],
  filters: {
    kind: 'and',
    filters: [
      { kind: 'type', types: [0] },
      { kind: 'not', filter: { kind: 'status', statuses: ['revoked'] } },
    ],
  },
  sort: { column: 'holder', direction: 'ascending' },
  fileName: 'door list',
};
const put = (id: string, body: unknown) => fixture.as('coordinator', 'PUT', path(id), body);

describe('export templates', () => {
  test('are saved, shared, renamed and deleted', async () => {
    const saved = await json<ExportTemplate>(put('doorlist0001', { name: ' Door list ', plan: PLAN }));
    expect(saved).toMatchObject({ id: 'doorlist0001', name: 'Door list', plan: PLAN, updatedBy: 'The coordinator' });
    expect(await json(fixture.as('admin', 'GET', path()))).toEqual([saved]);
    await json(fixture.as('admin', 'PUT', path('doorlist0001'), { name: 'Guests', plan: PLAN }));
    const [renamed] = await json<ExportTemplate[]>(fixture.as('coordinator', 'GET', path()));
    expect(renamed).toMatchObject({ name: 'Guests' });
    for (let again = 0; again < 2; again++)
      expect((await fixture.as('coordinator', 'DELETE', path('doorlist0001'))).status).toBe(204);
    expect(await json(fixture.as('coordinator', 'GET', path()))).toEqual([]);
  });

  test.each([
    ['name', { name: '  ', plan: PLAN }],
    ['plan.formats', { name: 'x', plan: { ...PLAN, formats: [] } }],
    ['plan.columns.0.id', { name: 'x', plan: { ...PLAN, columns: [{ id: '' }] } }],
    ['plan.filters.kind', { name: 'x', plan: { ...PLAN, filters: { kind: 'nothing' } } }],
    ['plan.sort.direction', { name: 'x', plan: { ...PLAN, sort: { column: 'holder', direction: 'up' } } }],
    ['plan.batches.0', { name: 'x', plan: { ...PLAN, batches: ['XYZ'] } }],
  ])('with a wrong %s are refused with the field: 422', async (field, body) => {
    expect(await (await put('doorlist0002', body)).json()).toMatchObject({ status: 422, code: 'not-valid', field });
  });

  test('of an event that does not exist, and under an impossible id, are refused: 404', async () => {
    const nowhere = fixture.as('admin', 'GET', '/api/events/000000000000/export-templates');
    expect(await problemOf(nowhere)).toBe('404 event-not-found');
    expect(await problemOf(put('Door%20list', { name: 'x', plan: PLAN }))).toBe('404 not-found');
  });
});
