/* {"family": "webrtc", "watch": 1800} */
const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:out.example:3478' }] }); peer.createDataChannel('x'); peer.createOffer().then((offer) => peer.setLocalDescription(offer));
