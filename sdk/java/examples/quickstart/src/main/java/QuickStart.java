// The quick start: one order of one rider, handed in.
import example.quzhong.Client;
import example.quzhong.DispatchKind;
import example.quzhong.DispatchRow;
import example.quzhong.ObliviousPseudonymiser;
import example.quzhong.PrivateKeyJwt;
import example.quzhong.ServiceKind;
import example.quzhong.Vehicle;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

public class QuickStart {
  public static void main(String[] arguments) throws Exception {
    String address = System.getenv("QUZHONG_ADDRESS");
    String key = Files.readString(Path.of(System.getenv("QUZHONG_KEY_FILE")));
    PrivateKeyJwt credential =
        PrivateKeyJwt.builder(
                System.getenv("QUZHONG_CLIENT_ID"), key, System.getenv("QUZHONG_TOKEN_URL"))
            .build();
    boolean plain = System.getenv("QUZHONG_PLAIN") != null; // a suite on this machine
    ChannelCredentials transport =
        plain ? InsecureChannelCredentials.create() : TlsChannelCredentials.create();
    try (ObliviousPseudonymiser pseudonyms =
            ObliviousPseudonymiser.builder(address, credential)
                .channelCredentials(transport)
                .build();
        Client client =
            Client.builder(address, credential, "platform-a")
                .pseudonymiser(pseudonyms)
                .channelCredentials(transport)
                .onRejected(
                    row ->
                        System.err.println(row.index() + " " + row.field() + " " + row.message()))
                .build()) {
      Instant accepted = Instant.now().minus(Duration.ofHours(1));
      for (DispatchKind kind : new DispatchKind[] {DispatchKind.ACCEPTED, DispatchKind.COMPLETED}) {
        client.addDispatch(
            DispatchRow.builder()
                .eventId(kind + "-" + accepted.toEpochMilli())
                .identity("11010519491231002X") // stays in this process
                .orderId("order-" + accepted.toEpochMilli())
                .eventTime(
                    accepted.plus(Duration.ofMinutes(kind == DispatchKind.ACCEPTED ? 0 : 25)))
                .kind(kind)
                .areaCode("130203")
                .service(ServiceKind.FOOD_DELIVERY)
                .vehicle(Vehicle.E_BIKE)
                .distanceM(2_300)
                .build());
      }
      client.close(); // sends what is there, and waits for the answers
      System.out.println(client.totals());
    }
  }
}
