import { unsupportedRuntime } from './version-guard.ts';

/**
 * Starts the server from the environment's settings, ends it in order on SIGTERM and SIGINT, and has it read a renewed
 * certificate on SIGHUP.
 */
async function main(): Promise<void> {
  const refusal = unsupportedRuntime(process.versions);
  if (refusal !== undefined) throw new Error(refusal);
  // Loaded only now: another runtime would stumble over what they import before it could say why.
  const { parseSettings } = await import('./settings.ts');
  const { createServer } = await import('./server.ts');
  const settings = parseSettings(process.env);
  const server = await createServer(settings);
  await server.listen();
  let closing: Promise<void> | undefined;
  const shutDown = () => {
    closing ??= server.close().then(() => server.services.log.info('closed'));
    closing.catch(fail);
  };
  process.on('SIGTERM', shutDown);
  process.on('SIGINT', shutDown);
  // Elsewhere a closed terminal ends it, as usual.
  if (settings.tls !== null) process.on('SIGHUP', server.renewCertificate);
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : 'The server could not start.'}\n`);
  process.exit(1);
}

main().catch(fail);
