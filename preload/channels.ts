/** The two channels between preload and main: requests with answers one way, events the other. */
export const requestChannel = 'attune:request'
export const eventChannel = 'attune:event'
