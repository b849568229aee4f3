import type { QueryClient } from '@tanstack/react-query';
import type { EventRecord } from '../../../core/api/event.ts';
import { pdfWords } from '../../../core/export/pdf-words/pdf-words.ts';
import { BASE_FONT } from '../../../core/fonts/catalog.ts';
import { fontsFor } from '../../../core/fonts/font-files.ts';
import { connection } from '../../api/connection.ts';
import { formatLocale } from '../../utils/format.ts';
import { typesQuery } from '../types/api/get-types.ts';
import { eventQuery } from './api/get-event.ts';

const EVENTS = 20;

/**
 * Asks, one after the other, for what opening each of these events takes, so that it is kept on this device and they open
 * without the server, too.
 * @param events the ones that come next first; only the first of them are asked for.
 */
export async function prepareOffline(queryClient: QueryClient, events: readonly EventRecord[]): Promise<void> {
  const texts: string[] = [];
  for (const { id, name, place } of events.slice(0, EVENTS)) {
    if (connection.state !== 'online') return;
    await queryClient.prefetchQuery(eventQuery(id));
    const types = await queryClient.fetchQuery(typesQuery(id)).catch(() => []);
    texts.push(name, place, ...types.map((type) => type.name));
  }
  // PDF files are printed in the page's language unless another is chosen.
  await keepScripts([...texts, pdfWords(formatLocale()).tickets]);
}

/** The fonts that these events print with; others wait until they are used or asked for. */
async function keepScripts(texts: readonly string[]): Promise<void> {
  const { connection: line } = navigator as { readonly connection?: { readonly saveData?: boolean } };
  const fonts = [...fontsFor(texts, formatLocale())].filter((font) => font !== BASE_FONT);
  if (fonts.length === 0 || line?.saveData === true) return;
  try {
    const { keepFonts } = await import('../fonts/kept-fonts.ts');
    await keepFonts(fonts);
  } catch {
    // Said where it matters: by the export that lacks one, and under Settings, Storage.
  }
}
