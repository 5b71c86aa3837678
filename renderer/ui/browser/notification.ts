/** Whether the browser may show notifications; `unknown`: it has not been asked yet. */
export type NotificationLeave = 'granted' | 'unknown' | 'refused'

export function notificationLeave(window: Window & { Notification?: typeof Notification }): NotificationLeave {
  switch (window.Notification?.permission) {
    case 'granted':
      return 'granted'
    case 'default':
      return 'unknown'
    case 'denied':
    case undefined:
      return 'refused'
  }
}

/** Shows a notification of the system where that is allowed; a click on it brings the window back. */
export function notify(title: string, body: string): void {
  if (notificationLeave(window) !== 'granted') return
  const notification = new Notification(title, { body, tag: 'attune' })
  notification.addEventListener('click', () => {
    window.focus()
    notification.close()
  })
}
