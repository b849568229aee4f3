import type { Remote } from 'comlink';
import { useEffect, useRef } from 'react';
import { TicketmintError } from '../../../core/errors.ts';
import { startWorker, type WorkerApis, type WorkerHandle } from '../../../workers/bridge.ts';

type ImportCall = <Result>(use: (api: Remote<WorkerApis['import']>) => Promise<Result>) => Promise<Result>;

/** One worker for as long as the page is open; a new one after a crash. */
export function useImportWorker(): ImportCall {
  const handle = useRef<WorkerHandle<'import'>>(undefined);
  useEffect(
    () => () => {
      handle.current?.terminate();
      handle.current = undefined;
    },
    [],
  );
  return async (use) => {
    handle.current ??= startWorker('import');
    try {
      return await handle.current.call(use);
    } catch (error) {
      if (error instanceof TicketmintError && error.code === 'internal') handle.current = undefined;
      throw error;
    }
  };
}
