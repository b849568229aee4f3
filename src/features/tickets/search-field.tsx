import { t } from '@lingui/core/macro';
import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { prepareToFind } from './find-locally.ts';

interface SearchFieldProps {
  /** What is searched for now, as the URL says. */
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** Finds a ticket by anything one may have in hand; a scanner that types works too. */
export function SearchField({ value, onChange }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const send = (next: string) => {
    sent.current = next.trim();
    onChange(sent.current);
  };
  const sendSoon = useDebouncedCallback(send, 250);
  useEffect(() => {
    // The URL changed by other means: back, a link.
    if (value !== sent.current) setText(value);
    sent.current = value;
  }, [value]);
  useEffect(prepareToFind, []);
  const change = (next: string) => {
    setText(next);
    sendSoon(next);
  };
  const clear = () => {
    setText('');
    send('');
  };
  return (
    <TextInput
      type="search"
      aria-label={t`Find a ticket`}
      aria-keyshortcuts="/"
      placeholder={t`Short code, serial, seat, name, e-mail or scanned code`}
      autoComplete="off"
      spellCheck={false}
      leftSection={<IconSearch aria-hidden />}
      rightSection={text === '' ? null : <CloseButton aria-label={t`Clear the search`} size="lg" onClick={clear} />}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') send(text);
        if (event.key === 'Escape') clear();
      }}
    />
  );
}
