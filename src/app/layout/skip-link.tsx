import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import classes from './skip-link.module.css';

/** The first stop of Tab on every page: past the header and the navigation, to what the page is about. */
export function SkipLink() {
  return (
    <Button
      component="a"
      href="#page"
      className={classes.skip}
      onClick={(event) => {
        // The address stays as it is: what is after its # is the router's.
        event.preventDefault();
        document.getElementById('page')?.focus();
      }}
    >
      {t`Skip to the page`}
    </Button>
  );
}
