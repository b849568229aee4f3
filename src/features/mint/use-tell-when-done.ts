import { useForceUpdate, useLocalStorage } from '@mantine/hooks';

const STORAGE_KEY = 'ticketmint-tell-when-done';
const isSupported = 'Notification' in globalThis;

export interface TellWhenDone {
  readonly isSupported: boolean;
  readonly isOn: boolean;
  /** The browser refuses notifications for this site. */
  readonly isDenied: boolean;
  /** Call it from a press: it may ask for permission. */
  set(isOn: boolean): Promise<void>;
}

/** Whether this device shows a notification when a run is done. */
export function useTellWhenDone(): TellWhenDone {
  const [isWanted, setIsWanted] = useLocalStorage({
    key: STORAGE_KEY,
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const update = useForceUpdate();
  // Asked each time: it may have been given elsewhere on the page, or in the browser's settings.
  const permission = isSupported ? Notification.permission : 'denied';
  return {
    isSupported,
    isOn: isWanted && permission === 'granted',
    isDenied: isWanted && permission === 'denied',
    set: async (isOn) => {
      setIsWanted(isOn);
      if (!isOn || !isSupported || Notification.permission !== 'default') return;
      await Notification.requestPermission();
      update();
    },
  };
}
