import { expose } from 'comlink';
import { RUN_CHANNEL, type RunEvent } from '../core/mint/run-event.ts';
import { collectEarly } from './early-collection.ts';
import { installErrorTransfer } from './error-transfer.ts';
import { createUploader } from './upload/batch-uploader.ts';

/** One uploader at a time on a device, whichever tab it lives in; when its tab goes, the next in line takes over. */
const UPLOAD_LOCK = 'ticketmint-upload';

export interface UploadApi {
  /** Waits for its turn among the tabs, then uploads for as long as the worker lives. Rejects only on a fault of ours. */
  run(): Promise<void>;
}

const api: UploadApi = {
  async run() {
    const out = new BroadcastChannel(RUN_CHANNEL);
    const uploader = createUploader((event) => out.postMessage(event));
    const news = new BroadcastChannel(RUN_CHANNEL);
    news.onmessage = ({ data }: MessageEvent<RunEvent>) => {
      if (data.type === 'wake') uploader.wake();
      if (data.type === 'chunks-buffered') uploader.notice();
    };
    addEventListener('online', () => uploader.wake());
    await navigator.locks.request(UPLOAD_LOCK, () => uploader.run());
  },
};

collectEarly();
installErrorTransfer();
expose(api);
