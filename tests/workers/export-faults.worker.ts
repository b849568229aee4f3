import '../../workers/export.worker.ts';

/**
 * The export worker on a disk that fails. What a file's name says happens to it: `NotAllowedError at close.csv` rejects with
 * that error when it is closed. Files that are staged for an export whose id says `full` find no space.
 */
const FAULT = /^(\w+Error) at (open|write|close)/;

/** Only workers have it, and TypeScript knows the page's library here. */
interface WorkerFileHandle extends FileSystemFileHandle {
  createSyncAccessHandle(): Promise<{ write(): number }>;
}
const file = FileSystemFileHandle.prototype as WorkerFileHandle;
const { createWritable, createSyncAccessHandle } = file;

file.createWritable = async function (this: FileSystemFileHandle, ...options) {
  const [, error = '', moment] = FAULT.exec(this.name) ?? [];
  const fail = async () => {
    throw new DOMException('Planted.', error);
  };
  if (moment === 'open') await fail();
  const writable = await createWritable.apply(this, options);
  if (moment === 'write') writable.write = fail;
  if (moment === 'close') writable.close = fail;
  return writable;
};

file.createSyncAccessHandle = async function (this: WorkerFileHandle) {
  const access = await createSyncAccessHandle.apply(this);
  if (this.name.startsWith('full-'))
    access.write = () => {
      throw new DOMException('Planted.', 'QuotaExceededError');
    };
  return access;
};
