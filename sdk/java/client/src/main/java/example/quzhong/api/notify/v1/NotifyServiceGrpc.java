package example.quzhong.api.notify.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * From findings to cases, warnings and alerts.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class NotifyServiceGrpc {

  private NotifyServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "quzhong.api.notify.v1.NotifyService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ListCasesRequest,
      example.quzhong.api.notify.v1.ListCasesResponse> getListCasesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListCases",
      requestType = example.quzhong.api.notify.v1.ListCasesRequest.class,
      responseType = example.quzhong.api.notify.v1.ListCasesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ListCasesRequest,
      example.quzhong.api.notify.v1.ListCasesResponse> getListCasesMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ListCasesRequest, example.quzhong.api.notify.v1.ListCasesResponse> getListCasesMethod;
    if ((getListCasesMethod = NotifyServiceGrpc.getListCasesMethod) == null) {
      synchronized (NotifyServiceGrpc.class) {
        if ((getListCasesMethod = NotifyServiceGrpc.getListCasesMethod) == null) {
          NotifyServiceGrpc.getListCasesMethod = getListCasesMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.ListCasesRequest, example.quzhong.api.notify.v1.ListCasesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListCases"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.ListCasesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.ListCasesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new NotifyServiceMethodDescriptorSupplier("ListCases"))
              .build();
        }
      }
    }
    return getListCasesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.GetCaseRequest,
      example.quzhong.api.notify.v1.GetCaseResponse> getGetCaseMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetCase",
      requestType = example.quzhong.api.notify.v1.GetCaseRequest.class,
      responseType = example.quzhong.api.notify.v1.GetCaseResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.GetCaseRequest,
      example.quzhong.api.notify.v1.GetCaseResponse> getGetCaseMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.GetCaseRequest, example.quzhong.api.notify.v1.GetCaseResponse> getGetCaseMethod;
    if ((getGetCaseMethod = NotifyServiceGrpc.getGetCaseMethod) == null) {
      synchronized (NotifyServiceGrpc.class) {
        if ((getGetCaseMethod = NotifyServiceGrpc.getGetCaseMethod) == null) {
          NotifyServiceGrpc.getGetCaseMethod = getGetCaseMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.GetCaseRequest, example.quzhong.api.notify.v1.GetCaseResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetCase"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.GetCaseRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.GetCaseResponse.getDefaultInstance()))
              .setSchemaDescriptor(new NotifyServiceMethodDescriptorSupplier("GetCase"))
              .build();
        }
      }
    }
    return getGetCaseMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ListAlertsRequest,
      example.quzhong.api.notify.v1.ListAlertsResponse> getListAlertsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListAlerts",
      requestType = example.quzhong.api.notify.v1.ListAlertsRequest.class,
      responseType = example.quzhong.api.notify.v1.ListAlertsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ListAlertsRequest,
      example.quzhong.api.notify.v1.ListAlertsResponse> getListAlertsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ListAlertsRequest, example.quzhong.api.notify.v1.ListAlertsResponse> getListAlertsMethod;
    if ((getListAlertsMethod = NotifyServiceGrpc.getListAlertsMethod) == null) {
      synchronized (NotifyServiceGrpc.class) {
        if ((getListAlertsMethod = NotifyServiceGrpc.getListAlertsMethod) == null) {
          NotifyServiceGrpc.getListAlertsMethod = getListAlertsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.ListAlertsRequest, example.quzhong.api.notify.v1.ListAlertsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListAlerts"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.ListAlertsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.ListAlertsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new NotifyServiceMethodDescriptorSupplier("ListAlerts"))
              .build();
        }
      }
    }
    return getListAlertsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.WatchAlertsRequest,
      example.quzhong.api.notify.v1.WatchAlertsResponse> getWatchAlertsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "WatchAlerts",
      requestType = example.quzhong.api.notify.v1.WatchAlertsRequest.class,
      responseType = example.quzhong.api.notify.v1.WatchAlertsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.WatchAlertsRequest,
      example.quzhong.api.notify.v1.WatchAlertsResponse> getWatchAlertsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.WatchAlertsRequest, example.quzhong.api.notify.v1.WatchAlertsResponse> getWatchAlertsMethod;
    if ((getWatchAlertsMethod = NotifyServiceGrpc.getWatchAlertsMethod) == null) {
      synchronized (NotifyServiceGrpc.class) {
        if ((getWatchAlertsMethod = NotifyServiceGrpc.getWatchAlertsMethod) == null) {
          NotifyServiceGrpc.getWatchAlertsMethod = getWatchAlertsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.WatchAlertsRequest, example.quzhong.api.notify.v1.WatchAlertsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "WatchAlerts"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.WatchAlertsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.WatchAlertsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new NotifyServiceMethodDescriptorSupplier("WatchAlerts"))
              .build();
        }
      }
    }
    return getWatchAlertsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.WatchCasesRequest,
      example.quzhong.api.notify.v1.WatchCasesResponse> getWatchCasesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "WatchCases",
      requestType = example.quzhong.api.notify.v1.WatchCasesRequest.class,
      responseType = example.quzhong.api.notify.v1.WatchCasesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.WatchCasesRequest,
      example.quzhong.api.notify.v1.WatchCasesResponse> getWatchCasesMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.WatchCasesRequest, example.quzhong.api.notify.v1.WatchCasesResponse> getWatchCasesMethod;
    if ((getWatchCasesMethod = NotifyServiceGrpc.getWatchCasesMethod) == null) {
      synchronized (NotifyServiceGrpc.class) {
        if ((getWatchCasesMethod = NotifyServiceGrpc.getWatchCasesMethod) == null) {
          NotifyServiceGrpc.getWatchCasesMethod = getWatchCasesMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.WatchCasesRequest, example.quzhong.api.notify.v1.WatchCasesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "WatchCases"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.WatchCasesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.WatchCasesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new NotifyServiceMethodDescriptorSupplier("WatchCases"))
              .build();
        }
      }
    }
    return getWatchCasesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.CreateWebhookRequest,
      example.quzhong.api.notify.v1.CreateWebhookResponse> getCreateWebhookMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateWebhook",
      requestType = example.quzhong.api.notify.v1.CreateWebhookRequest.class,
      responseType = example.quzhong.api.notify.v1.CreateWebhookResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.CreateWebhookRequest,
      example.quzhong.api.notify.v1.CreateWebhookResponse> getCreateWebhookMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.CreateWebhookRequest, example.quzhong.api.notify.v1.CreateWebhookResponse> getCreateWebhookMethod;
    if ((getCreateWebhookMethod = NotifyServiceGrpc.getCreateWebhookMethod) == null) {
      synchronized (NotifyServiceGrpc.class) {
        if ((getCreateWebhookMethod = NotifyServiceGrpc.getCreateWebhookMethod) == null) {
          NotifyServiceGrpc.getCreateWebhookMethod = getCreateWebhookMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.CreateWebhookRequest, example.quzhong.api.notify.v1.CreateWebhookResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateWebhook"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.CreateWebhookRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.CreateWebhookResponse.getDefaultInstance()))
              .setSchemaDescriptor(new NotifyServiceMethodDescriptorSupplier("CreateWebhook"))
              .build();
        }
      }
    }
    return getCreateWebhookMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ListWebhookDeliveriesRequest,
      example.quzhong.api.notify.v1.ListWebhookDeliveriesResponse> getListWebhookDeliveriesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListWebhookDeliveries",
      requestType = example.quzhong.api.notify.v1.ListWebhookDeliveriesRequest.class,
      responseType = example.quzhong.api.notify.v1.ListWebhookDeliveriesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ListWebhookDeliveriesRequest,
      example.quzhong.api.notify.v1.ListWebhookDeliveriesResponse> getListWebhookDeliveriesMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ListWebhookDeliveriesRequest, example.quzhong.api.notify.v1.ListWebhookDeliveriesResponse> getListWebhookDeliveriesMethod;
    if ((getListWebhookDeliveriesMethod = NotifyServiceGrpc.getListWebhookDeliveriesMethod) == null) {
      synchronized (NotifyServiceGrpc.class) {
        if ((getListWebhookDeliveriesMethod = NotifyServiceGrpc.getListWebhookDeliveriesMethod) == null) {
          NotifyServiceGrpc.getListWebhookDeliveriesMethod = getListWebhookDeliveriesMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.ListWebhookDeliveriesRequest, example.quzhong.api.notify.v1.ListWebhookDeliveriesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListWebhookDeliveries"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.ListWebhookDeliveriesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.ListWebhookDeliveriesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new NotifyServiceMethodDescriptorSupplier("ListWebhookDeliveries"))
              .build();
        }
      }
    }
    return getListWebhookDeliveriesMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static NotifyServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<NotifyServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<NotifyServiceStub>() {
        @java.lang.Override
        public NotifyServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new NotifyServiceStub(channel, callOptions);
        }
      };
    return NotifyServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static NotifyServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<NotifyServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<NotifyServiceBlockingV2Stub>() {
        @java.lang.Override
        public NotifyServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new NotifyServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return NotifyServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static NotifyServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<NotifyServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<NotifyServiceBlockingStub>() {
        @java.lang.Override
        public NotifyServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new NotifyServiceBlockingStub(channel, callOptions);
        }
      };
    return NotifyServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static NotifyServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<NotifyServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<NotifyServiceFutureStub>() {
        @java.lang.Override
        public NotifyServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new NotifyServiceFutureStub(channel, callOptions);
        }
      };
    return NotifyServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * From findings to cases, warnings and alerts.
   * </pre>
   */
  public interface AsyncService {

    /**
     */
    default void listCases(example.quzhong.api.notify.v1.ListCasesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ListCasesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListCasesMethod(), responseObserver);
    }

    /**
     * <pre>
     * A case with its findings, notices and timeline. A union gets no finding about a worker.
     * </pre>
     */
    default void getCase(example.quzhong.api.notify.v1.GetCaseRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.GetCaseResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetCaseMethod(), responseObserver);
    }

    /**
     * <pre>
     * A union hears of cases, warnings and audits, not of single workers' findings; so with WatchAlerts.
     * </pre>
     */
    default void listAlerts(example.quzhong.api.notify.v1.ListAlertsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ListAlertsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListAlertsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Alerts as they come, from a resume token on.
     * </pre>
     */
    default void watchAlerts(example.quzhong.api.notify.v1.WatchAlertsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.WatchAlertsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getWatchAlertsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Cases as they change, from a resume token on: one message for each step, with the case as it is then.
     * </pre>
     */
    default void watchCases(example.quzhong.api.notify.v1.WatchCasesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.WatchCasesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getWatchCasesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Send the caller's alerts to an address, signed as Standard Webhooks says.
     * DeliveryService.CreateSubscription does the same and more, over the same subscriptions.
     * </pre>
     */
    default void createWebhook(example.quzhong.api.notify.v1.CreateWebhookRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.CreateWebhookResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateWebhookMethod(), responseObserver);
    }

    /**
     */
    default void listWebhookDeliveries(example.quzhong.api.notify.v1.ListWebhookDeliveriesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ListWebhookDeliveriesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListWebhookDeliveriesMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service NotifyService.
   * <pre>
   * From findings to cases, warnings and alerts.
   * </pre>
   */
  public static abstract class NotifyServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return NotifyServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service NotifyService.
   * <pre>
   * From findings to cases, warnings and alerts.
   * </pre>
   */
  public static final class NotifyServiceStub
      extends io.grpc.stub.AbstractAsyncStub<NotifyServiceStub> {
    private NotifyServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected NotifyServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new NotifyServiceStub(channel, callOptions);
    }

    /**
     */
    public void listCases(example.quzhong.api.notify.v1.ListCasesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ListCasesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListCasesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * A case with its findings, notices and timeline. A union gets no finding about a worker.
     * </pre>
     */
    public void getCase(example.quzhong.api.notify.v1.GetCaseRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.GetCaseResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetCaseMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * A union hears of cases, warnings and audits, not of single workers' findings; so with WatchAlerts.
     * </pre>
     */
    public void listAlerts(example.quzhong.api.notify.v1.ListAlertsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ListAlertsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListAlertsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Alerts as they come, from a resume token on.
     * </pre>
     */
    public void watchAlerts(example.quzhong.api.notify.v1.WatchAlertsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.WatchAlertsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getWatchAlertsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Cases as they change, from a resume token on: one message for each step, with the case as it is then.
     * </pre>
     */
    public void watchCases(example.quzhong.api.notify.v1.WatchCasesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.WatchCasesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getWatchCasesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Send the caller's alerts to an address, signed as Standard Webhooks says.
     * DeliveryService.CreateSubscription does the same and more, over the same subscriptions.
     * </pre>
     */
    public void createWebhook(example.quzhong.api.notify.v1.CreateWebhookRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.CreateWebhookResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateWebhookMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     */
    public void listWebhookDeliveries(example.quzhong.api.notify.v1.ListWebhookDeliveriesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ListWebhookDeliveriesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListWebhookDeliveriesMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service NotifyService.
   * <pre>
   * From findings to cases, warnings and alerts.
   * </pre>
   */
  public static final class NotifyServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<NotifyServiceBlockingV2Stub> {
    private NotifyServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected NotifyServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new NotifyServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     */
    public example.quzhong.api.notify.v1.ListCasesResponse listCases(example.quzhong.api.notify.v1.ListCasesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListCasesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * A case with its findings, notices and timeline. A union gets no finding about a worker.
     * </pre>
     */
    public example.quzhong.api.notify.v1.GetCaseResponse getCase(example.quzhong.api.notify.v1.GetCaseRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetCaseMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * A union hears of cases, warnings and audits, not of single workers' findings; so with WatchAlerts.
     * </pre>
     */
    public example.quzhong.api.notify.v1.ListAlertsResponse listAlerts(example.quzhong.api.notify.v1.ListAlertsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListAlertsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Alerts as they come, from a resume token on.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, example.quzhong.api.notify.v1.WatchAlertsResponse>
        watchAlerts(example.quzhong.api.notify.v1.WatchAlertsRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getWatchAlertsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Cases as they change, from a resume token on: one message for each step, with the case as it is then.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, example.quzhong.api.notify.v1.WatchCasesResponse>
        watchCases(example.quzhong.api.notify.v1.WatchCasesRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getWatchCasesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Send the caller's alerts to an address, signed as Standard Webhooks says.
     * DeliveryService.CreateSubscription does the same and more, over the same subscriptions.
     * </pre>
     */
    public example.quzhong.api.notify.v1.CreateWebhookResponse createWebhook(example.quzhong.api.notify.v1.CreateWebhookRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateWebhookMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.notify.v1.ListWebhookDeliveriesResponse listWebhookDeliveries(example.quzhong.api.notify.v1.ListWebhookDeliveriesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListWebhookDeliveriesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service NotifyService.
   * <pre>
   * From findings to cases, warnings and alerts.
   * </pre>
   */
  public static final class NotifyServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<NotifyServiceBlockingStub> {
    private NotifyServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected NotifyServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new NotifyServiceBlockingStub(channel, callOptions);
    }

    /**
     */
    public example.quzhong.api.notify.v1.ListCasesResponse listCases(example.quzhong.api.notify.v1.ListCasesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListCasesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * A case with its findings, notices and timeline. A union gets no finding about a worker.
     * </pre>
     */
    public example.quzhong.api.notify.v1.GetCaseResponse getCase(example.quzhong.api.notify.v1.GetCaseRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetCaseMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * A union hears of cases, warnings and audits, not of single workers' findings; so with WatchAlerts.
     * </pre>
     */
    public example.quzhong.api.notify.v1.ListAlertsResponse listAlerts(example.quzhong.api.notify.v1.ListAlertsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListAlertsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Alerts as they come, from a resume token on.
     * </pre>
     */
    public java.util.Iterator<example.quzhong.api.notify.v1.WatchAlertsResponse> watchAlerts(
        example.quzhong.api.notify.v1.WatchAlertsRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getWatchAlertsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Cases as they change, from a resume token on: one message for each step, with the case as it is then.
     * </pre>
     */
    public java.util.Iterator<example.quzhong.api.notify.v1.WatchCasesResponse> watchCases(
        example.quzhong.api.notify.v1.WatchCasesRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getWatchCasesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Send the caller's alerts to an address, signed as Standard Webhooks says.
     * DeliveryService.CreateSubscription does the same and more, over the same subscriptions.
     * </pre>
     */
    public example.quzhong.api.notify.v1.CreateWebhookResponse createWebhook(example.quzhong.api.notify.v1.CreateWebhookRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateWebhookMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.notify.v1.ListWebhookDeliveriesResponse listWebhookDeliveries(example.quzhong.api.notify.v1.ListWebhookDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListWebhookDeliveriesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service NotifyService.
   * <pre>
   * From findings to cases, warnings and alerts.
   * </pre>
   */
  public static final class NotifyServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<NotifyServiceFutureStub> {
    private NotifyServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected NotifyServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new NotifyServiceFutureStub(channel, callOptions);
    }

    /**
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.ListCasesResponse> listCases(
        example.quzhong.api.notify.v1.ListCasesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListCasesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * A case with its findings, notices and timeline. A union gets no finding about a worker.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.GetCaseResponse> getCase(
        example.quzhong.api.notify.v1.GetCaseRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetCaseMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * A union hears of cases, warnings and audits, not of single workers' findings; so with WatchAlerts.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.ListAlertsResponse> listAlerts(
        example.quzhong.api.notify.v1.ListAlertsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListAlertsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Send the caller's alerts to an address, signed as Standard Webhooks says.
     * DeliveryService.CreateSubscription does the same and more, over the same subscriptions.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.CreateWebhookResponse> createWebhook(
        example.quzhong.api.notify.v1.CreateWebhookRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateWebhookMethod(), getCallOptions()), request);
    }

    /**
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.ListWebhookDeliveriesResponse> listWebhookDeliveries(
        example.quzhong.api.notify.v1.ListWebhookDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListWebhookDeliveriesMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_LIST_CASES = 0;
  private static final int METHODID_GET_CASE = 1;
  private static final int METHODID_LIST_ALERTS = 2;
  private static final int METHODID_WATCH_ALERTS = 3;
  private static final int METHODID_WATCH_CASES = 4;
  private static final int METHODID_CREATE_WEBHOOK = 5;
  private static final int METHODID_LIST_WEBHOOK_DELIVERIES = 6;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final AsyncService serviceImpl;
    private final int methodId;

    MethodHandlers(AsyncService serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_LIST_CASES:
          serviceImpl.listCases((example.quzhong.api.notify.v1.ListCasesRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ListCasesResponse>) responseObserver);
          break;
        case METHODID_GET_CASE:
          serviceImpl.getCase((example.quzhong.api.notify.v1.GetCaseRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.GetCaseResponse>) responseObserver);
          break;
        case METHODID_LIST_ALERTS:
          serviceImpl.listAlerts((example.quzhong.api.notify.v1.ListAlertsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ListAlertsResponse>) responseObserver);
          break;
        case METHODID_WATCH_ALERTS:
          serviceImpl.watchAlerts((example.quzhong.api.notify.v1.WatchAlertsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.WatchAlertsResponse>) responseObserver);
          break;
        case METHODID_WATCH_CASES:
          serviceImpl.watchCases((example.quzhong.api.notify.v1.WatchCasesRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.WatchCasesResponse>) responseObserver);
          break;
        case METHODID_CREATE_WEBHOOK:
          serviceImpl.createWebhook((example.quzhong.api.notify.v1.CreateWebhookRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.CreateWebhookResponse>) responseObserver);
          break;
        case METHODID_LIST_WEBHOOK_DELIVERIES:
          serviceImpl.listWebhookDeliveries((example.quzhong.api.notify.v1.ListWebhookDeliveriesRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ListWebhookDeliveriesResponse>) responseObserver);
          break;
        default:
          throw new AssertionError();
      }
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public io.grpc.stub.StreamObserver<Req> invoke(
        io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getListCasesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.ListCasesRequest,
              example.quzhong.api.notify.v1.ListCasesResponse>(
                service, METHODID_LIST_CASES)))
        .addMethod(
          getGetCaseMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.GetCaseRequest,
              example.quzhong.api.notify.v1.GetCaseResponse>(
                service, METHODID_GET_CASE)))
        .addMethod(
          getListAlertsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.ListAlertsRequest,
              example.quzhong.api.notify.v1.ListAlertsResponse>(
                service, METHODID_LIST_ALERTS)))
        .addMethod(
          getWatchAlertsMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.WatchAlertsRequest,
              example.quzhong.api.notify.v1.WatchAlertsResponse>(
                service, METHODID_WATCH_ALERTS)))
        .addMethod(
          getWatchCasesMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.WatchCasesRequest,
              example.quzhong.api.notify.v1.WatchCasesResponse>(
                service, METHODID_WATCH_CASES)))
        .addMethod(
          getCreateWebhookMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.CreateWebhookRequest,
              example.quzhong.api.notify.v1.CreateWebhookResponse>(
                service, METHODID_CREATE_WEBHOOK)))
        .addMethod(
          getListWebhookDeliveriesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.ListWebhookDeliveriesRequest,
              example.quzhong.api.notify.v1.ListWebhookDeliveriesResponse>(
                service, METHODID_LIST_WEBHOOK_DELIVERIES)))
        .build();
  }

  private static abstract class NotifyServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    NotifyServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return example.quzhong.api.notify.v1.NotifyProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("NotifyService");
    }
  }

  private static final class NotifyServiceFileDescriptorSupplier
      extends NotifyServiceBaseDescriptorSupplier {
    NotifyServiceFileDescriptorSupplier() {}
  }

  private static final class NotifyServiceMethodDescriptorSupplier
      extends NotifyServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    NotifyServiceMethodDescriptorSupplier(java.lang.String methodName) {
      this.methodName = methodName;
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return getServiceDescriptor().findMethodByName(methodName);
    }
  }

  private static volatile io.grpc.ServiceDescriptor serviceDescriptor;

  public static io.grpc.ServiceDescriptor getServiceDescriptor() {
    io.grpc.ServiceDescriptor result = serviceDescriptor;
    if (result == null) {
      synchronized (NotifyServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new NotifyServiceFileDescriptorSupplier())
              .addMethod(getListCasesMethod())
              .addMethod(getGetCaseMethod())
              .addMethod(getListAlertsMethod())
              .addMethod(getWatchAlertsMethod())
              .addMethod(getWatchCasesMethod())
              .addMethod(getCreateWebhookMethod())
              .addMethod(getListWebhookDeliveriesMethod())
              .build();
        }
      }
    }
    return result;
  }
}
