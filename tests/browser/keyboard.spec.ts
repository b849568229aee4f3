import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/app-test.ts';
import { ADMIN } from '../support/server.ts';

test.use({ actionTimeout: 15_000 });

test('the main job needs no pointer: from signing in to the saved file by keys alone', async ({ page }) => {
  test.setTimeout(120_000);
  // No picker here: the file comes as a download, which the test can see.
  await page.addInitScript(() => Object.defineProperty(globalThis, 'showSaveFilePicker', { value: undefined }));
  const keys = page.keyboard;

  await test.step('sign in', async () => {
    await page.goto('/');
    await expect(page.getByLabel('E-mail')).toBeFocused();
    await keys.type(ADMIN.email);
    await tabTo(page, page.getByRole('textbox', { name: 'Password' }));
    await keys.type(ADMIN.password);
    await keys.press('Enter');
    await expect(page.getByRole('heading', { name: 'Events' })).toBeFocused();
  });

  await test.step('make an event with types', async () => {
    await pressUntil(page, 'n', /\/events\/new$/);
    await tabTo(page, page.getByLabel('Name'));
    await keys.type('Founders’ Day');
    await tabTo(page, page.getByRole('radio').first());
    await keys.press('ArrowDown');
    await expect(page.getByRole('radio', { name: /^The usual five/ })).toBeChecked();
    await keys.press('Enter');
    await expect(page).toHaveURL(/\/tickets\/mint$/);
  });

  await test.step('past the header and the navigation in one step', async () => {
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await follow(page, page.getByRole('link', { name: 'Skip to the page' }));
    await expect(page.getByRole('main')).toBeFocused();
  });

  await test.step('mint', async () => {
    await follow(page, page.getByRole('link', { name: 'Tickets', exact: true }));
    await expect(page.getByRole('heading', { name: 'Tickets' })).toBeVisible();
    await pressUntil(page, 'n', /\/tickets\/mint$/);
    await tabTo(page, page.getByRole('combobox', { name: 'Ticket type' }));
    await keys.press('Enter');
    await expect(page.getByRole('option', { name: 'General' })).toBeVisible();
    await keys.press('ArrowDown');
    await keys.press('Enter');
    await expect(page.getByRole('combobox', { name: 'Ticket type' })).not.toHaveValue('');
    await tabTo(page, page.getByLabel('How many'));
    await keys.type('6000');
    // Enter submits the form from its fields.
    await keys.press('Enter');
    await expect(page.getByRole('heading', { name: 'Check' })).toBeFocused();
    await tabTo(page, page.getByLabel('Yes, 6,000 tickets'));
    await keys.press('Space');
    await follow(page, page.getByRole('button', { name: 'Mint 6,000 tickets' }));
    await expect(page.getByText('All 6,000 tickets are on the server.')).toBeVisible({ timeout: 30_000 });
  });

  await test.step('look at the batch, and open its third ticket', async () => {
    await follow(page, page.getByRole('link', { name: 'See tickets' }));
    await follow(page, page.getByRole('link', { name: /^6,000 × General/ }));
    await follow(page, page.getByRole('link', { name: 'Open tickets' }));
    const list = page.getByRole('grid', { name: 'Tickets' });
    await expect(list).toHaveAttribute('aria-rowcount', '6000');
    await tabTo(page, list);
    await keys.press('ArrowDown');
    await keys.press('ArrowDown');
    const row = list.locator(`#${await list.getAttribute('aria-activedescendant')}`);
    await expect(row).toHaveAttribute('aria-rowindex', '3');
    await keys.press('Enter');
    await expect(page).toHaveURL(/\/tickets\/3$/);
  });

  await test.step('find it by its serial', async () => {
    await follow(page, page.getByRole('link', { name: 'Tickets', exact: true }));
    await expect(page.getByRole('link', { name: 'Mint tickets' })).toBeVisible();
    await keys.press('/');
    const search = page.getByRole('searchbox', { name: 'Find a ticket' });
    await expect(search).toBeFocused();
    await keys.type('3');
    const found = page.getByRole('grid', { name: 'Tickets found' }).getByRole('link');
    await follow(page, found.first());
    await expect(page).toHaveURL(/\/tickets\/3$/);
  });

  await test.step('save the file', async () => {
    await follow(page, page.getByRole('link', { name: 'Exports', exact: true }));
    await follow(page, page.getByRole('button', { name: 'Check 6,000 tickets' }));
    const downloading = page.waitForEvent('download');
    await follow(page, page.getByRole('button', { name: 'Save 6,000 tickets' }));
    expect((await downloading).suggestedFilename()).toMatch(/\.csv$/);
  });
});

test('menus and dialogs open, move and close by keys, and give the focus back', async ({ app }) => {
  await app.goto('/events');
  const account = app.getByRole('button', { name: 'Account and appearance' });
  await tabTo(app, account);
  await app.keyboard.press('Enter');
  await expect(app.getByRole('menu')).toBeVisible();
  await app.keyboard.press('ArrowDown');
  await expect(app.getByRole('menu').locator(':focus')).toHaveCount(1);
  await app.keyboard.press('Escape');
  await expect(app.getByRole('menu')).toHaveCount(0);
  await expect(account).toBeFocused();
  await app.keyboard.press('?');
  const list = app.getByRole('dialog', { name: 'Keyboard' });
  await expect(list.getByRole('button', { name: 'Close' })).toBeFocused();
  await app.keyboard.press('Escape');
  await expect(list).toHaveCount(0);
  await expect(account).toBeFocused();
  // By way of the menu, whose items are gone by then.
  await app.keyboard.press('Enter');
  await app.getByRole('menuitem', { name: 'Keyboard shortcuts' }).focus();
  await app.keyboard.press('Enter');
  await expect(list).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(account).toBeFocused();
});

/** Presses the key until it has led there: shortcuts listen once the page has been painted. */
async function pressUntil(page: Page, key: string, url: RegExp): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await expect(page).toHaveURL(url, { timeout: 1_000 });
  }).toPass();
}

/** To a link or a button by Tab, then Enter. */
async function follow(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Presses Tab until the focus is there; each stop on the way has to show that it has it. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target.first()).toBeVisible({ timeout: 15_000 });
  for (let presses = 0; presses < 60; presses++) {
    if (await target.first().evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
    // Borders fade to the accent.
    await expect.poll(() => hiddenFocus(page), 'has the focus and does not show it').toBeNull();
  }
  throw new Error(`expected ${target} within 60 presses of Tab`);
}

/** What has the focus without a ring or a border of the accent's colour; null where it is seen. */
function hiddenFocus(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    // Past the last stop it is the browser's own.
    if (focused === null || focused === document.body) return null;
    const probe = document.createElement('i');
    probe.style.color = 'var(--mantine-primary-color-filled)';
    document.body.append(probe);
    const accent = getComputedStyle(probe).color;
    probe.remove();
    // Hidden inputs hand it to what is drawn for them.
    const drawn = [focused, focused.nextElementSibling, focused.parentElement, focused.parentElement?.parentElement];
    const isSeen = drawn.some((element) => {
      if (element == null) return false;
      const { outlineStyle, outlineWidth, borderColor } = getComputedStyle(element);
      return (outlineStyle !== 'none' && outlineWidth !== '0px') || borderColor === accent;
    });
    return isSeen ? null : focused.outerHTML.slice(0, 200);
  });
}
