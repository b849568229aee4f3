import { Box, Image } from '@mantine/core';
import { useEffect, useState } from 'react';

interface PagePictureProps {
  readonly svg: string;
  readonly alt: string;
  /** CSS length. */
  readonly maxHeight: string;
}

/** A drawn page, on the table. */
export function PagePicture({ svg, alt, maxHeight }: PagePictureProps) {
  const url = useSvgUrl(svg);
  return (
    <Box p="md" bg="var(--mantine-color-default-hover)">
      <Image src={url} alt={alt} fit="contain" mah={maxHeight} w="auto" maw="100%" mx="auto" />
    </Box>
  );
}

/** An address of the picture: as an image nothing in it can run. */
function useSvgUrl(svg: string): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [svg]);
  return url;
}
