import { relaxedDatabase } from '../../database/database.ts';
import type { FormatOptions } from './options-form.tsx';

/** Larger ones are of no use on paper, and each part of an export would hold one. */
export const MAX_PICTURE_BYTES = 20_000_000;

/**
 * Keeps a picture on this device for printed formats.
 * @returns the name by which options call it: the same for the same picture.
 * @throws {TicketmintError} `image-invalid` when it is no JPEG or PNG picture that can be printed.
 */
export async function keepPicture(picture: File): Promise<string> {
  const bytes = new Uint8Array(await picture.arrayBuffer());
  const { prepareImage } = await import('../../../core/pdf/prepare-image.ts');
  await prepareImage(bytes);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const name = `picture-${Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  await relaxedDatabase().settings.put({ key: name, value: picture });
  return name;
}

/** A kept picture, if it is on this device. */
export async function keptPicture(name: string): Promise<File | null> {
  const setting = await relaxedDatabase().settings.get(name);
  return setting?.value instanceof File ? setting.value : null;
}

/** The pictures that the options of some files name, as far as they are on this device. */
export async function picturesFor(
  files: readonly { readonly options: FormatOptions }[],
): Promise<Readonly<Record<string, Blob>>> {
  const names = files.map(({ options }) => options.background).filter((name) => typeof name === 'string');
  const kept = await Promise.all([...new Set(names)].map(async (name) => [name, await keptPicture(name)] as const));
  return Object.fromEntries(kept.flatMap(([name, picture]) => (picture === null ? [] : [[name, picture]])));
}
