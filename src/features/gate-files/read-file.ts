import type { OpenedGateFile } from '../../../core/gate/gate-file.ts';
import { fingerprintOf, GateFileError, MAX_GATE_FILE_BYTES, openGateFile } from '../../../core/gate/gate-file.ts';
import { verificationEngine } from '../../../core/ticket/signer/choose.ts';

/** A file that is whole, and the fingerprint of who signed it. */
export interface ReadFile extends OpenedGateFile {
  readonly fingerprint: string;
}

/** Reads a gate file that somebody chose. @throws {GateFileError} */
export async function readGateFile(file: File): Promise<ReadFile> {
  // Before it is in memory.
  if (file.size > MAX_GATE_FILE_BYTES)
    throw new GateFileError('too-large', `expected at most ${MAX_GATE_FILE_BYTES} bytes, found ${file.size}`);
  const { verify } = await verificationEngine();
  const opened = await openGateFile(new Uint8Array(await file.arrayBuffer()), verify);
  return { ...opened, fingerprint: await fingerprintOf(opened.publicKey) };
}
