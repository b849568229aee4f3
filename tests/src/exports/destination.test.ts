import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { relaxedDatabase } from '../../../src/database/database.ts';
import {
  exportFolder,
  forgetExportFolder,
  pickDestination,
  pickExportFolder,
} from '../../../src/features/exports/destination.ts';

const asked = { fileName: 'tickets.csv', mimeType: 'text/csv;charset=utf-8' };

async function folderOf(permission: 'granted' | 'prompt' | 'denied', answer = permission) {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('picked', { create: true });
  return Object.assign(folder, { queryPermission: async () => permission, requestPermission: async () => answer });
}

function stub(name: 'showSaveFilePicker' | 'showDirectoryPicker', picker: unknown): void {
  vi.stubGlobal(name, picker);
}

describe('where an export goes', () => {
  beforeEach(() => relaxedDatabase().delete({ disableAutoOpen: false }));
  afterEach(() => void vi.unstubAllGlobals());

  it('is the chosen folder while it may be written, asked for once more after a restart', async () => {
    stub('showSaveFilePicker', () => expect.unreachable());
    expect((await pickDestination({ ...asked, folder: await folderOf('granted') }))?.kind).toBe('folder');
    expect((await pickDestination({ ...asked, folder: await folderOf('prompt', 'granted') }))?.kind).toBe('folder');
  });

  it('is a picked file where the folder is refused', async () => {
    const handle = await (await folderOf('granted')).getFileHandle('tickets.csv', { create: true });
    const picker = vi.fn(async () => handle);
    stub('showSaveFilePicker', picker);
    expect(await pickDestination({ ...asked, folder: await folderOf('prompt', 'denied') })).toEqual({
      kind: 'file',
      handle,
    });
    expect(picker).toHaveBeenCalledWith({
      suggestedName: 'tickets.csv',
      types: [{ description: 'CSV', accept: { 'text/csv': ['.csv'] } }],
    });
  });

  it('is nowhere when the picker is closed, and a download when the browser forbids it or has none', async () => {
    const failing = (name: string) => async () => {
      throw new DOMException('No.', name);
    };
    stub('showSaveFilePicker', failing('AbortError'));
    expect(await pickDestination({ ...asked, folder: null })).toBeNull();
    for (const name of ['NotAllowedError', 'SecurityError']) {
      stub('showSaveFilePicker', failing(name));
      expect(await pickDestination({ ...asked, folder: null })).toEqual({ kind: 'staging' });
    }
    stub('showSaveFilePicker', undefined);
    expect(await pickDestination({ ...asked, folder: null })).toEqual({ kind: 'staging' });
  });

  it('keeps a folder until it is forgotten', async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('picked', { create: true });
    stub('showDirectoryPicker', async () => folder);
    expect(await exportFolder()).toBeNull();
    await pickExportFolder();
    expect((await exportFolder())?.name).toBe('picked');
    await forgetExportFolder();
    expect(await exportFolder()).toBeNull();
  });
});
