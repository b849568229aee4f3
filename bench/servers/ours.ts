import { createServer } from '../../server/server.ts';
import { parseSettings } from '../../server/settings.ts';

/** `node server/main.ts`, but that it serves the bench page in place of the application. */
const server = await createServer(parseSettings(process.env), { staticFolder: process.env.BENCH_PAGES ?? '' });
await server.listen();
