import { expose } from 'comlink';
import { RUN_CHANNEL, type RunEvent } from '../core/mint/run-event.ts';
import { collectEarly } from './early-collection.ts';
import { installErrorTransfer } from './error-transfer.ts';
import { createUploader } from './upload/batch-uploader.ts';

export interface UploadApi {
  /**
   * Uploads for as long as the worker lives. The page that calls it holds the device's upload lock. Rejects only on a fault of
   * ours.
   */
  run(): Promise<never>;
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
    return uploader.run();
  },
};

collectEarly();
installErrorTransfer();
expose(api);
