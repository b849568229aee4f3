import { type ObjectNumber, reference } from './objects.ts';

const KIDS = 32;

interface Node {
  readonly object: ObjectNumber;
  readonly kids: ObjectNumber[];
  /** Pages below it. */
  count: number;
}

/** What a page tree needs of the file that it is in. */
interface PageTreeFile {
  allocate(): ObjectNumber;
  writeObject(object: ObjectNumber, body: string): void;
}

/**
 * A balanced page tree (ISO 32000-2 §7.7.3) that is written as it grows: a node is written when it is full and a further
 * page comes, so a file of any length holds one open node a level.
 */
export class PageTree {
  readonly #file: PageTreeFile;
  /** Open nodes, those just above the pages first. */
  readonly #levels: Node[] = [];
  #pages = 0;

  constructor(file: PageTreeFile) {
    this.#file = file;
  }

  get pageCount(): number {
    return this.#pages;
  }

  /** Takes in the next page. @returns its parent. */
  add(page: ObjectNumber): ObjectNumber {
    this.#pages++;
    return this.#add(0, page, 1);
  }

  /** Writes what is open. @param parent of the root, where it is a branch of another tree. @returns the root. */
  end(parent: ObjectNumber | null = null): ObjectNumber {
    for (let level = 0; level < this.#levels.length - 1; level++) this.#close(level);
    const root = this.#levels.at(-1) ?? this.#open(0);
    this.#write(root, parent);
    return root.object;
  }

  #add(level: number, kid: ObjectNumber, count: number): ObjectNumber {
    const open = this.#levels[level];
    if (open?.kids.length === KIDS) this.#close(level);
    const node = open === undefined || open.kids.length === KIDS ? this.#open(level) : open;
    node.kids.push(kid);
    node.count += count;
    return node.object;
  }

  #open(level: number): Node {
    const node: Node = { object: this.#file.allocate(), kids: [], count: 0 };
    this.#levels[level] = node;
    return node;
  }

  #close(level: number): void {
    const node = this.#levels[level] as Node;
    this.#write(node, this.#add(level + 1, node.object, node.count));
  }

  #write({ object, kids, count }: Node, parent: ObjectNumber | null): void {
    writeNode(this.#file, { object, kids, count }, parent);
  }
}

function writeNode(file: PageTreeFile, { object, kids, count }: Node, parent: ObjectNumber | null): void {
  const up = parent === null ? '' : `/Parent ${reference(parent)}`;
  file.writeObject(object, `<</Type/Pages${up}/Count ${count}/Kids[${kids.map(reference).join(' ')}]>>`);
}

/** Ends trees and joins them into one, the pages of the first before those of the second. @returns the root. */
export function joinTrees(file: PageTreeFile, trees: readonly PageTree[]): ObjectNumber {
  const [first, ...others] = trees;
  if (first !== undefined && others.length === 0) return first.end();
  const object = file.allocate();
  const count = trees.reduce((sum, { pageCount }) => sum + pageCount, 0);
  writeNode(file, { object, kids: trees.map((tree) => tree.end(object)), count }, null);
  return object;
}
