package example.dispatch;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** A platform's dispatch service that hands in what happens to its orders. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class DispatchService {
  public static void main(String[] arguments) {
    SpringApplication.run(DispatchService.class, arguments);
  }
}
