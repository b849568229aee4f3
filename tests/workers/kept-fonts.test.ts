import { afterEach, expect, test, vi } from 'vitest';
import { requestAssets } from '../../workers/export/assets.ts';
import { keepFonts, keptFonts } from '../../workers/export/kept-fonts.ts';

const server = vi.spyOn(globalThis, 'fetch');

afterEach(async () => {
  server.mockReset();
  await caches.delete('fonts');
});

test('a font is fetched once, with its progress, and kept', async () => {
  server.mockImplementation(async () => new Response(new Uint8Array(1_000)));
  const progress: number[] = [];
  await keepFonts(['NotoSansThai-Regular', 'NotoSansLao-Regular'], (bytes) => progress.push(bytes));
  await keepFonts(['NotoSansThai-Regular'], () => {});
  expect(progress.at(-1)).toBe(2_000);
  expect(await keptFonts()).toEqual(['NotoSansLao-Regular', 'NotoSansThai-Regular']);
  expect(server).toHaveBeenCalledTimes(2);
});

test('a font that cannot be had is named, when it is asked for and when an export needs it', async () => {
  server.mockRejectedValue(new TypeError('Failed to fetch'));
  const missing = { code: 'font-missing', details: { fault: { code: 'font-missing', font: 'NotoSansJP-Regular' } } };
  await expect(keepFonts(['NotoSansJP-Regular'], () => {})).rejects.toMatchObject(missing);
  server.mockImplementation(async () => new Response('', { status: 404 }));
  await expect(requestAssets({}).load('NotoSansJP-Regular')).rejects.toMatchObject(missing);
  expect(await keptFonts()).toEqual([]);
});

test('a full device says so', async () => {
  server.mockImplementation(async () => new Response(new Uint8Array(10)));
  const full = vi.spyOn(Cache.prototype, 'put').mockRejectedValue(new DOMException('full', 'QuotaExceededError'));
  await expect(keepFonts(['NotoSansThai-Regular'], () => {})).rejects.toMatchObject({ code: 'mint-storage-full' });
  full.mockRestore();
});
