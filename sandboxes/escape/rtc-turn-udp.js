/* {"family": "webrtc", "watch": 1800} */
const peer = new RTCPeerConnection({ iceServers: [{ urls: 'turn:192.0.2.7:3478', username: 'canary', credential: 'x' }] }); peer.createDataChannel('x'); peer.createOffer().then((offer) => peer.setLocalDescription(offer));
