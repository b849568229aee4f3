import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { TicketmintError } from '../../core/errors.ts';

export interface JobControl<Progress> {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** A long job with its progress, that can be cancelled; it is when its place on the page goes. */
export function useWorkerJob<Input, Result, Progress>(
  run: (input: Input, control: JobControl<Progress>) => Promise<Result>,
) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const controller = useRef<AbortController>(null);
  const cancel = () => controller.current?.abort(new TicketmintError('aborted', 'it was cancelled'));
  useEffect(() => () => controller.current?.abort(new TicketmintError('aborted', 'the page was left')), []);
  const job = useMutation({
    networkMode: 'always',
    mutationFn: (input: Input) => {
      setProgress(null);
      controller.current = new AbortController();
      return run(input, { signal: controller.current.signal, onProgress: setProgress });
    },
  });
  const isCancelled = job.error instanceof TicketmintError && job.error.code === 'aborted';
  return { job, progress, cancel, isCancelled };
}
