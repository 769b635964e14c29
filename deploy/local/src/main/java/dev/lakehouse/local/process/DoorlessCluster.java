package dev.lakehouse.local.process;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.blob.TransientBlobService;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.dispatcher.SessionDispatcherFactory;
import org.apache.flink.runtime.dispatcher.runner.DefaultDispatcherRunnerFactory;
import org.apache.flink.runtime.entrypoint.component.DefaultDispatcherResourceManagerComponentFactory;
import org.apache.flink.runtime.entrypoint.component.DispatcherResourceManagerComponentFactory;
import org.apache.flink.runtime.leaderelection.LeaderElection;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.resourcemanager.ResourceManagerGateway;
import org.apache.flink.runtime.resourcemanager.StandaloneResourceManagerFactory;
import org.apache.flink.runtime.rest.RestEndpointFactory;
import org.apache.flink.runtime.rest.handler.RestHandlerConfiguration;
import org.apache.flink.runtime.rest.handler.RestHandlerSpecification;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricFetcher;
import org.apache.flink.runtime.rpc.FatalErrorHandler;
import org.apache.flink.runtime.webmonitor.WebMonitorEndpoint;
import org.apache.flink.runtime.webmonitor.retriever.LeaderGatewayRetriever;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelInboundHandler;
import org.jspecify.annotations.Nullable;

/**
 * A cluster that takes jobs from this process only. Flink's own HTTP server asks nobody for a key
 * and runs any jar that is sent to it; a MiniCluster does not start without one, so it gets one
 * that knows no request and is closed before the start is over.
 */
final class DoorlessCluster extends MiniCluster {
  private @Nullable NoHandlers door;

  DoorlessCluster(MiniClusterConfiguration configuration) {
    super(configuration);
  }

  @Override
  public void start() throws Exception {
    super.start();
    NoHandlers opened = door;
    if (opened != null) {
      opened.closeAsync().get();
    }
  }

  @Override
  protected DispatcherResourceManagerComponentFactory
      createDispatcherResourceManagerComponentFactory() {
    return new DefaultDispatcherResourceManagerComponentFactory(
        DefaultDispatcherRunnerFactory.createSessionRunner(SessionDispatcherFactory.INSTANCE),
        StandaloneResourceManagerFactory.getInstance(),
        doors());
  }

  private RestEndpointFactory<DispatcherGateway> doors() {
    return (configuration, dispatcher, resources, blobs, executor, metrics, election, fatal) -> {
      NoHandlers made =
          new NoHandlers(
              configuration, dispatcher, resources, blobs, executor, metrics, election, fatal);
      door = made;
      return made;
    };
  }

  /** Answers every request with 404. */
  private static final class NoHandlers extends WebMonitorEndpoint<DispatcherGateway> {
    NoHandlers(
        Configuration configuration,
        LeaderGatewayRetriever<DispatcherGateway> dispatcher,
        LeaderGatewayRetriever<ResourceManagerGateway> resources,
        TransientBlobService blobs,
        ScheduledExecutorService executor,
        MetricFetcher metrics,
        LeaderElection election,
        FatalErrorHandler fatal)
        throws Exception {
      super(
          dispatcher,
          configuration,
          RestHandlerConfiguration.fromConfiguration(configuration),
          resources,
          blobs,
          executor,
          metrics,
          election,
          RestEndpointFactory.createExecutionGraphCache(
              RestHandlerConfiguration.fromConfiguration(configuration)),
          fatal);
    }

    @Override
    protected List<Tuple2<RestHandlerSpecification, ChannelInboundHandler>> initializeHandlers(
        CompletableFuture<String> address) {
      return new ArrayList<>();
    }
  }
}
