import { t } from '@lingui/core/macro';
import { EventSwitch } from './event-switch.tsx';

/** Whether gates show whose a ticket is, once it was scanned. */
export function NamesSetting() {
  return (
    <EventSwitch
      field="gateNames"
      title={t`Names at the gate`}
      label={t`Gates show a ticket’s name and seat once it was scanned`}
      description={t`Every gate’s device then keeps the names, each locked so that only its own ticket’s QR code opens it: a lost device gives none away. They leave a device when this is switched off, when it is revoked, and when its time is over. A typed short code shows no name.`}
    />
  );
}
