import { useLocalStorage } from '@mantine/hooks';
import { useState } from 'react';

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
  const [permission, setPermission] = useState(isSupported ? Notification.permission : 'denied');
  return {
    isSupported,
    isOn: isWanted && permission === 'granted',
    isDenied: isWanted && permission === 'denied',
    set: async (isOn) => {
      setIsWanted(isOn);
      if (isOn && isSupported && permission === 'default') setPermission(await Notification.requestPermission());
    },
  };
}
