/**
 * Switches that let nothing out, each tried against every way out that is known: a dead proxy for all hosts, loopback too;
 * no name resolves; WebRTC only through the proxy (one switch each for the headless shell and for the full browser); no QUIC.
 */
export const closedSwitches: readonly string[] = [
  '--proxy-server=http://127.0.0.1:9',
  '--proxy-bypass-list=<-loopback>',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--disable-quic',
];

/**
 * Features that the switches leave off: without hidden local addresses WebRTC needs no mDNS, whose sockets make the kernel tell the
 * network which groups they are in.
 */
export const closedFeatures: readonly string[] = ['WebRtcHideLocalIpsWithMdns'];
