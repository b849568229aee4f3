import { TextShaper } from '../../../core/fonts/text-shaper.ts';
import { PdfDocument } from '../../../core/pdf/document.ts';
import { diskAssets } from '../../support/disk-assets.ts';

export function shaperFor(locale = 'en'): Promise<TextShaper> {
  return TextShaper.create(diskAssets(), locale);
}

/** A page of texts, a line each, 14 points; as long as it takes. */
export async function pageOf(texts: readonly string[], locale = 'en'): Promise<Uint8Array<ArrayBuffer>> {
  const shaper = await shaperFor(locale);
  await shaper.prepare(texts);
  const document = new PdfDocument();
  const height = Math.max(842, 20 * texts.length + 40);
  for (const [index, text] of texts.entries())
    document.content.append(document.content.text(shaper.shape(text), 20, height - 32 - 20 * index, 14));
  await document.endPage({ width: 595, height });
  await document.end({ title: 'Texts', createdAt: new Date(0), id: '0'.repeat(32) });
  return document.take();
}
