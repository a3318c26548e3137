/* {"family": "webrtc", "watch": 1800} */
const a = new RTCPeerConnection();
const b = new RTCPeerConnection();
a.createDataChannel('x');
(async () => {
  await a.setLocalDescription(await a.createOffer());
  await b.setRemoteDescription(a.localDescription);
  await b.setLocalDescription(await b.createAnswer());
  await a.setRemoteDescription(b.localDescription);
  await a.addIceCandidate({ candidate: 'candidate:1 1 udp 2113937151 00000000-0000-4000-8000-000000000000.local 3478 typ host', sdpMid: '0' });
})();
