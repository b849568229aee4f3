import { transfer } from 'comlink';
import { startWorker } from '../../../workers/bridge.ts';

/** Which camera was chosen last, on this device. */
const CHOICE = 'ticketmint-camera';
/** A look takes at least so long, so that a tablet lasts the night. */
const LEAST_LOOK_MS = 60;
/** QR codes of tickets have 37 modules: more pixels only take longer. */
const SIZE = { width: { ideal: 1280 }, height: { ideal: 720 } } as const;

/** Not in TypeScript's own types: Image Capture. */
type TorchCapabilities = MediaTrackCapabilities & { readonly torch?: boolean };

/** A camera that is on. */
export interface Camera {
  readonly stream: MediaStream;
  readonly deviceId: string | undefined;
  readonly hasTorch: boolean;
  setTorch(isOn: boolean): Promise<void>;
  stop(): void;
}

/** Switches a camera on: the given one, else the one chosen last, else the one on the back. @throws what the browser says. */
export async function openCamera(deviceId = readChoice()): Promise<Camera> {
  const stream = await ask(deviceId);
  const [track] = stream.getVideoTracks();
  const capabilities = track?.getCapabilities?.() as TorchCapabilities | undefined;
  return {
    stream,
    deviceId: track?.getSettings().deviceId,
    hasTorch: capabilities?.torch === true,
    setTorch: async (isOn) => track?.applyConstraints({ advanced: [{ torch: isOn } as MediaTrackConstraintSet] }),
    stop: () => {
      for (const other of stream.getTracks()) other.stop();
    },
  };
}

async function ask(deviceId: string | undefined): Promise<MediaStream> {
  const back = { facingMode: { ideal: 'environment' }, ...SIZE };
  if (deviceId === undefined) return navigator.mediaDevices.getUserMedia({ video: back });
  try {
    return await navigator.mediaDevices.getUserMedia({ video: { deviceId: { exact: deviceId }, ...SIZE } });
  } catch (error) {
    // It was unplugged.
    if (!(error instanceof DOMException) || error.name !== 'OverconstrainedError') throw error;
    return navigator.mediaDevices.getUserMedia({ video: back });
  }
}

/** The device's cameras; they have names once one was allowed. */
export async function listCameras(): Promise<MediaDeviceInfo[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '');
}

export function rememberCamera(deviceId: string): void {
  try {
    localStorage.setItem(CHOICE, deviceId);
  } catch {
    // It is chosen again the next time.
  }
}

function readChoice(): string | undefined {
  try {
    return localStorage.getItem(CHOICE) ?? undefined;
  } catch {
    // A browser that keeps nothing.
    return undefined;
  }
}

/** Reads codes off a playing video in a worker, one picture at a time, until the signal aborts. */
export async function readCodes(
  video: HTMLVideoElement,
  { signal, onCode }: { readonly signal: AbortSignal; readonly onCode: (text: string) => void },
): Promise<void> {
  const worker = startWorker('gate');
  try {
    while (!signal.aborted) {
      await nextFrame(video, signal);
      if (signal.aborted) return;
      const startedAt = performance.now();
      const picture = await createImageBitmap(video);
      const text = await worker.call((api) => api.readCode(transfer(picture, [picture])));
      if (text !== undefined && !signal.aborted) onCode(text);
      await new Promise((resolve) => setTimeout(resolve, LEAST_LOOK_MS - (performance.now() - startedAt)));
    }
  } finally {
    worker.terminate();
  }
}

/** A picture that was not there before; none comes while the page is hidden. */
function nextFrame(video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    video.requestVideoFrameCallback(() => resolve());
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
