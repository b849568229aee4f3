import type { FontSubset } from '../fonts/font-subset.ts';
import { buildTrueType } from '../fonts/true-type-subset.ts';
import { hex4, type ObjectNumber, real, reference, utf16Hex } from './objects.ts';
import type { PdfFile } from './pdf-file.ts';

/** Entries of one `bfchar` block at most (ISO 32000-2 §9.10.3). */
const BFCHAR_ENTRIES = 100;
/** Flag 3 of a font descriptor: the codes are ours, not those of a standard encoding. */
const SYMBOLIC = 4;
const STEM_V = 80;

/**
 * Writes a subset as a composite font (§9.7): codes of two bytes (Identity-H), glyphs by code, and a ToUnicode CMap, by
 * which text can be searched and copied. Call it when no page will use further letters.
 */
export function embedFont(file: PdfFile, object: ObjectNumber, subset: FontSubset, index: number): void {
  const [descendant, descriptor, program, toUnicode] = [
    file.allocate(),
    file.allocate(),
    file.allocate(),
    file.allocate(),
  ];
  const name = `${subsetTag(index)}+${subset.face.name}`;
  file.writeObject(
    object,
    `<</Type/Font/Subtype/Type0/BaseFont/${name}/Encoding/Identity-H/DescendantFonts[${reference(descendant)}]/ToUnicode ${reference(toUnicode)}>>`,
  );
  file.writeObject(
    descendant,
    `<</Type/Font/Subtype/CIDFontType2/BaseFont/${name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity/FontDescriptor ${reference(descriptor)}/DW 0/W[1[${widthsOf(subset)}]]>>`,
  );
  file.writeObject(descriptor, `<<${descriptorEntries(subset, name)}/FontFile2 ${reference(program)}>>`);
  const bytes = buildTrueType(subset);
  file.writeStream(program, `/Length1 ${bytes.length}`, bytes);
  file.writeStream(toUnicode, '', new TextEncoder().encode(toUnicodeOf(subset)));
}

/** Six letters that tell subsets of a file apart (§9.9.2). */
function subsetTag(index: number): string {
  let rest = index;
  let tag = '';
  for (let letter = 0; letter < 6; letter++, rest = Math.floor(rest / 26))
    tag = String.fromCharCode(0x41 + (rest % 26)) + tag;
  return tag;
}

function widthsOf({ clusters, face }: FontSubset): string {
  return clusters.map(({ advance }) => real((1_000 * advance) / face.unitsPerEm)).join(' ');
}

function descriptorEntries({ face }: FontSubset, name: string): string {
  const head = new DataView(face.table('head').buffer);
  const hhea = new DataView(face.table('hhea').buffer);
  const scaled = (units: number) => real((1_000 * units) / face.unitsPerEm);
  const box = [36, 38, 40, 42].map((at) => scaled(head.getInt16(at))).join(' ');
  const ascent = scaled(hhea.getInt16(4));
  return `/Type/FontDescriptor/FontName/${name}/Flags ${SYMBOLIC}/FontBBox[${box}]/ItalicAngle 0/Ascent ${ascent}/Descent ${scaled(hhea.getInt16(6))}/CapHeight ${ascent}/StemV ${STEM_V}`;
}

function toUnicodeOf({ clusters }: FontSubset): string {
  const entries = clusters.map(({ text }, index) => `<${hex4(index + 1)}> <${utf16Hex(text)}>`);
  const blocks: string[] = [];
  for (let from = 0; from < entries.length; from += BFCHAR_ENTRIES) {
    const block = entries.slice(from, from + BFCHAR_ENTRIES);
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar\n`);
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
${blocks.join('')}endcmap
CMapName currentdict /CMap defineresource pop
end
end
`;
}
