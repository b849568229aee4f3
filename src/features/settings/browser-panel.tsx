import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { MEMORY_LIMIT_BYTES } from '../../../core/export/job.ts';
import { preferredProtection } from '../../../core/ticket/signer/choose.ts';
import { Facts } from '../../components/facts.tsx';
import { hasOwnFiles } from '../../database/own-files.ts';
import { formatBytes } from '../../utils/format.ts';
import { canPickFile, canPickFolder } from '../exports/destination.ts';

/** What this browser does for Ticketmint and what stands in for the rest; found by trying, never by its name. */
export function BrowserPanel() {
  const { data } = useQuery({
    queryKey: ['browser'],
    queryFn: async () => ({ keepsFiles: await hasOwnFiles(), protection: await preferredProtection() }),
    networkMode: 'always',
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (data === undefined) return null;
  return (
    <Facts
      title={t`This browser`}
      facts={[
        [t`Saving`, savingWords()],
        [t`Exports`, exportWords(data.keepsFiles)],
        [t`Signing`, signingWords(data.protection === 'webcrypto')],
      ]}
    />
  );
}

function savingWords(): string {
  return canPickFolder() && canPickFile()
    ? t`Files go straight into the folder or file that you choose.`
    : t`Files come as downloads: this browser lets no page write into a folder.`;
}

function exportWords(keepsFiles: boolean): string {
  return keepsFiles
    ? t`They are made on this device’s disk first, and outlive a restart of the browser.`
    : t`Up to ${{ size: formatBytes(MEMORY_LIMIT_BYTES) }} each, as this browser keeps no files for a page. For more, export fewer tickets at a time, or use Chrome, Edge, Firefox or Safari.`;
}

function signingWords(isByBrowser: boolean): string {
  return isByBrowser
    ? t`The browser signs tickets, with keys that cannot be copied out of it.`
    : t`Ticketmint signs tickets itself, as this browser cannot: more slowly, with keys that are encrypted on this device.`;
}
