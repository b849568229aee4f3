import { t } from '@lingui/core/macro';
import { Text } from '@mantine/core';
import classes from './ticket-list.module.css';

/** What the columns are; for the eye, as a screen reader hears each row as a whole. */
export function TicketListHeader({ isPersonalised }: { readonly isPersonalised: boolean }) {
  return (
    <Text component="div" size="sm" fw={600} className={`${classes.row} ${classes.header}`} aria-hidden>
      <span className={classes.serial}>{t`Serial`}</span>
      <span className={classes.code}>{t`Short code`}</span>
      {isPersonalised && <span className={classes.holder}>{t`Holder`}</span>}
      {isPersonalised && <span className={classes.seat}>{t`Seat`}</span>}
    </Text>
  );
}
