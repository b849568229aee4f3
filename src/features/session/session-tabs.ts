/** What the tabs of a device tell each other of who is signed in. */
type SessionNews =
  /** The device is to be empty: every tab starts anew, on this page. */
  { readonly type: 'cleared'; readonly path: string } | { readonly type: 'signed-in'; readonly id: string };

const channel = new BroadcastChannel('ticketmint-session');

export function tellOtherTabs(news: SessionNews): void {
  channel.postMessage(news);
}

/** @returns what ends it. */
export function onSessionNews(listener: (news: SessionNews) => void): () => void {
  const hear = ({ data }: MessageEvent<SessionNews>) => listener(data);
  channel.addEventListener('message', hear);
  return () => channel.removeEventListener('message', hear);
}

/** Loads a page anew, whatever is under way in this one: it is not to go on for another person. */
export function leaveFor(path: string): void {
  addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), { capture: true });
  location.replace(path);
}
