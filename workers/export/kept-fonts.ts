import type { TicketmintError } from '../../core/errors.ts';
import { exportError } from '../../core/export/fault-error.ts';
import type { FontName } from '../../core/fonts/catalog.ts';
import { FONT_CACHE } from '../../core/fonts/font-cache.ts';
import { storageErrorOf } from '../../src/database/storage-error.ts';
import { FONT_URLS } from './font-urls.ts';

/** The fonts that exports find on this device. */
export async function keptFonts(): Promise<readonly FontName[]> {
  const names = Object.keys(FONT_URLS) as FontName[];
  const found = await Promise.all(names.map((name) => caches.match(FONT_URLS[name])));
  return names.filter((_, index) => found[index] !== undefined);
}

/**
 * Keeps fonts on this device, one after another; those that are there already are left alone.
 * @param onProgress the bytes of these fonts that have come.
 * @throws {TicketmintError} `font-missing` when one cannot be had, `mint-storage-full` when there is no room for it.
 */
export async function keepFonts(names: readonly FontName[], onProgress: (bytes: number) => void): Promise<void> {
  let come = 0;
  for (const name of names) {
    if ((await caches.match(FONT_URLS[name])) !== undefined) continue;
    const file = await fetchFont(name, (bytes) => onProgress(come + bytes));
    come += file.size;
    try {
      await (await caches.open(FONT_CACHE)).put(FONT_URLS[name], new Response(file));
    } catch (error) {
      throw storageErrorOf(error);
    }
  }
}

async function fetchFont(name: FontName, onProgress: (bytes: number) => void): Promise<Blob> {
  try {
    const { ok, status, headers, body } = await fetch(FONT_URLS[name]);
    if (!ok || body === null) throw new TypeError(`expected a font, received ${status}`);
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    let bytes = 0;
    // Not `for await`: Safari cannot iterate streams.
    const reader = body.getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      pieces.push(piece.value);
      bytes += piece.value.length;
      onProgress(bytes);
    }
    return new Blob(pieces, { type: headers.get('Content-Type') ?? 'font/ttf' });
  } catch (error) {
    throw fontMissing(name, error);
  }
}

/** A font lies neither on this device nor can it be fetched. */
export function fontMissing(font: FontName, cause: unknown): TicketmintError {
  return exportError({ code: 'font-missing', font }, { cause, retryable: true });
}
