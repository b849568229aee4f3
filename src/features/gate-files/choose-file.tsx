import { t } from '@lingui/core/macro';
import { Button, FileButton } from '@mantine/core';
import { IconFileDownload } from '@tabler/icons-react';
import { useRef } from 'react';

interface ChooseFileProps {
  readonly label: string;
  readonly isPending: boolean;
  readonly isFilled?: boolean;
  readonly onFile: (file: File) => void;
}

/** Any file: phones do not know the extension, and would hide it. */
export function ChooseFile({ label, isPending, isFilled = false, onFile }: ChooseFileProps) {
  // Choosing the same file again counts, too.
  const reset = useRef<() => void>(null);
  const pick = (file: File | null) => {
    reset.current?.();
    if (file !== null) onFile(file);
  };
  return (
    <FileButton onChange={pick} resetRef={reset} inputProps={{ 'aria-label': t`Gate file` }}>
      {(props) => (
        <Button
          variant={isFilled ? 'filled' : 'default'}
          leftSection={<IconFileDownload size="1.1em" aria-hidden />}
          loading={isPending}
          {...props}
        >
          {label}
        </Button>
      )}
    </FileButton>
  );
}
