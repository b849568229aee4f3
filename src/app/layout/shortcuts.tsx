import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Kbd, Modal, Table } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';

const KEYS = [
  ['/', msg`Search`],
  ['n', msg`New: event, type, mint`],
  ['?', msg`This list`],
  ['↑ ↓', msg`Move in a list; Page Up, Page Down, Home and End too`],
  ['Enter', msg`Open what is selected`],
  ['Esc', msg`Close what is open`],
] as const;

/**
 * The keys that work everywhere. A control says with `aria-keyshortcuts` that it is what a key means on its page;
 * fields get the focus, buttons and links are pressed.
 */
export function useShortcuts(onShow: () => void): void {
  useHotkeys([
    ['/', () => use('/')],
    ['n', () => use('n')],
    ['shift+?', onShow],
    ['?', onShow],
  ]);
}

function use(key: string): void {
  const control = document.querySelector<HTMLElement>(`[aria-keyshortcuts="${key}"]`);
  if (control instanceof HTMLInputElement) control.focus();
  else control?.click();
}

export function ShortcutsModal({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title={t`Keyboard`}>
      <Table>
        <Table.Tbody>
          {KEYS.map(([key, meaning]) => (
            <Table.Tr key={key}>
              <Table.Td>
                <Kbd>{key}</Kbd>
              </Table.Td>
              <Table.Td>{i18n._(meaning)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
