import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** What the server gives as the reason for the serials that a closed batch never had. */
const OF_THE_SERVER: Readonly<Record<string, MessageDescriptor>> = {
  'sealed as cancelled': msg`Closed when it was cancelled`,
  'sealed as complete': msg`Closed complete`,
  'sealed as lost': msg`Closed because its device lost it`,
};

/** Why tickets are revoked: as somebody wrote it, or as the server did, in the words of the interface. */
export function reasonWords(reason: string): string {
  const words = OF_THE_SERVER[reason];
  return words === undefined ? reason : i18n._(words);
}
