import { t } from '@lingui/core/macro';
import { Alert, Box, Button, Group, NativeSelect, Stack } from '@mantine/core';
import { IconBolt, IconCameraOff } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { type Camera, listCameras, openCamera, readCodes, rememberCamera } from './camera.ts';

interface CameraViewProps {
  readonly onCode: (text: string) => void;
}

/** What the camera sees; codes in it are read one after the other for as long as it is shown. */
export function CameraView({ onCode }: CameraViewProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [chosen, setChosen] = useState<string>();
  const [camera, setCamera] = useState<Camera>();
  const [cameras, setCameras] = useState<readonly MediaDeviceInfo[]>([]);
  const [failure, setFailure] = useState<unknown>();
  const latestOnCode = useRef(onCode);
  latestOnCode.current = onCode;
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const work = async (element: HTMLVideoElement) => {
      const opened = await openCamera(chosen);
      signal.addEventListener('abort', opened.stop);
      if (signal.aborted) return opened.stop();
      element.srcObject = opened.stream;
      await element.play();
      setCamera(opened);
      setCameras(await listCameras());
      await readCodes(element, { signal, onCode: (text) => latestOnCode.current(text) });
    };
    if (video.current !== null)
      work(video.current).catch((error: unknown) => {
        if (!signal.aborted) setFailure(error);
      });
    return () => leaving.abort();
  }, [chosen]);
  if (failure !== undefined) return <NoCamera error={failure} />;
  const choose = (deviceId: string) => {
    rememberCamera(deviceId);
    setChosen(deviceId);
  };
  return (
    <Stack gap="xs" p="xs">
      <Box
        component="video"
        ref={video}
        muted
        playsInline
        aria-label={t`What the camera sees`}
        w="100%"
        h="clamp(10rem, 34dvh, 24rem)"
        bg="black"
        style={{ objectFit: 'cover', borderRadius: 'var(--mantine-radius-md)' }}
      />
      <Group gap="xs" wrap="nowrap">
        {cameras.length > 1 && (
          <NativeSelect
            flex={1}
            aria-label={t`Camera`}
            value={camera?.deviceId ?? ''}
            onChange={(event) => choose(event.currentTarget.value)}
            data={cameras.map(({ deviceId, label }) => ({ value: deviceId, label: label || t`Camera` }))}
          />
        )}
        {camera?.hasTorch === true && <TorchButton camera={camera} />}
      </Group>
    </Stack>
  );
}

function TorchButton({ camera }: { readonly camera: Camera }) {
  const [isOn, setIsOn] = useState(false);
  const toggle = async () => {
    await camera.setTorch(!isOn);
    setIsOn(!isOn);
  };
  return (
    <Button
      variant={isOn ? 'filled' : 'default'}
      aria-pressed={isOn}
      leftSection={<IconBolt aria-hidden />}
      // A torch that does not obey stays as it is, which is seen.
      onClick={() => void toggle().catch(() => undefined)}
    >
      {t`Torch`}
    </Button>
  );
}

function NoCamera({ error }: { readonly error: unknown }) {
  const name = error instanceof DOMException ? error.name : '';
  const words =
    name === 'NotAllowedError'
      ? t`The browser does not let this page use the camera. Allow it in the browser’s settings of this page, then switch it on again.`
      : t`No camera can be used now. A scanner and typing work all the same.`;
  return (
    <Alert role="alert" m="xs" color="yellow" icon={<IconCameraOff aria-hidden />} title={t`No camera`}>
      {words}
    </Alert>
  );
}
