import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { proxy } from 'comlink';
import { useState } from 'react';
import type { FontName } from '../../../core/fonts/catalog.ts';
import { withExportWorker } from '../exports/export-pool.ts';

/** The fonts that are on this device. */
export const keptFontsQuery = queryOptions({
  queryKey: ['kept-fonts'],
  queryFn: () => withExportWorker((worker) => worker.call((api) => api.keptFonts())),
});

/** Keeps fonts on this device. @throws {TicketmintError} `font-missing`, `mint-storage-full` */
export function keepFonts(names: readonly FontName[], onProgress: (bytes: number) => void = () => {}): Promise<void> {
  return withExportWorker((worker) => worker.call((api) => api.keepFonts(names, proxy(onProgress))));
}

/** The same from a press; `bytes` tells how many have come. */
export function useKeepFonts() {
  const queryClient = useQueryClient();
  const [bytes, setBytes] = useState(0);
  const keeping = useMutation({
    mutationFn: (names: readonly FontName[]) => keepFonts(names, setBytes),
    onMutate: () => setBytes(0),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keptFontsQuery.queryKey }),
  });
  return { ...keeping, bytes };
}
