/** The oldest Node.js whose `node:sqlite` and `zlib` behave as this server needs. */
const MINIMUM_NODE = '24.21.0';
/** Older ones can lose committed transactions when a WAL is reset while another connection reads. */
const MINIMUM_SQLITE = '3.51.3';

/**
 * Says why this runtime must not serve, or `undefined` when it may.
 * @param versions as `process.versions` gives them; `sqlite` is absent where Node.js was built without it.
 */
export function unsupportedRuntime(versions: { readonly node: string; readonly sqlite?: string }): string | undefined {
  if (isOlder(versions.node, MINIMUM_NODE))
    return `Ticketmint needs Node.js ${MINIMUM_NODE} or newer; this is ${versions.node}. Start it with npm start, which brings the right one.`;
  if (versions.sqlite === undefined) return 'Ticketmint needs a Node.js with SQLite inside; this one has none.';
  if (isOlder(versions.sqlite, MINIMUM_SQLITE))
    return `Ticketmint needs SQLite ${MINIMUM_SQLITE} or newer; this Node.js has ${versions.sqlite}.`;
  return undefined;
}

function isOlder(version: string, minimum: string): boolean {
  const parts = version.split('.').map(Number);
  for (const [index, expected] of minimum.split('.').map(Number).entries()) {
    const actual = parts[index] ?? 0;
    if (actual !== expected) return !(actual > expected);
  }
  return false;
}
