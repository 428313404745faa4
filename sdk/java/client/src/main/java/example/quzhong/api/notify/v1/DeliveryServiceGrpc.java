package example.quzhong.api.notify.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * How alerts reach those who do not watch: webhooks and e-mail, at once or as a digest.
 * What a subscription hears is what its party may hear at the time of the alert.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class DeliveryServiceGrpc {

  private DeliveryServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "quzhong.api.notify.v1.DeliveryService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.CreateSubscriptionRequest,
      example.quzhong.api.notify.v1.CreateSubscriptionResponse> getCreateSubscriptionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateSubscription",
      requestType = example.quzhong.api.notify.v1.CreateSubscriptionRequest.class,
      responseType = example.quzhong.api.notify.v1.CreateSubscriptionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.CreateSubscriptionRequest,
      example.quzhong.api.notify.v1.CreateSubscriptionResponse> getCreateSubscriptionMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.CreateSubscriptionRequest, example.quzhong.api.notify.v1.CreateSubscriptionResponse> getCreateSubscriptionMethod;
    if ((getCreateSubscriptionMethod = DeliveryServiceGrpc.getCreateSubscriptionMethod) == null) {
      synchronized (DeliveryServiceGrpc.class) {
        if ((getCreateSubscriptionMethod = DeliveryServiceGrpc.getCreateSubscriptionMethod) == null) {
          DeliveryServiceGrpc.getCreateSubscriptionMethod = getCreateSubscriptionMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.CreateSubscriptionRequest, example.quzhong.api.notify.v1.CreateSubscriptionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateSubscription"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.CreateSubscriptionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.CreateSubscriptionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DeliveryServiceMethodDescriptorSupplier("CreateSubscription"))
              .build();
        }
      }
    }
    return getCreateSubscriptionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ListSubscriptionsRequest,
      example.quzhong.api.notify.v1.ListSubscriptionsResponse> getListSubscriptionsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListSubscriptions",
      requestType = example.quzhong.api.notify.v1.ListSubscriptionsRequest.class,
      responseType = example.quzhong.api.notify.v1.ListSubscriptionsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ListSubscriptionsRequest,
      example.quzhong.api.notify.v1.ListSubscriptionsResponse> getListSubscriptionsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ListSubscriptionsRequest, example.quzhong.api.notify.v1.ListSubscriptionsResponse> getListSubscriptionsMethod;
    if ((getListSubscriptionsMethod = DeliveryServiceGrpc.getListSubscriptionsMethod) == null) {
      synchronized (DeliveryServiceGrpc.class) {
        if ((getListSubscriptionsMethod = DeliveryServiceGrpc.getListSubscriptionsMethod) == null) {
          DeliveryServiceGrpc.getListSubscriptionsMethod = getListSubscriptionsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.ListSubscriptionsRequest, example.quzhong.api.notify.v1.ListSubscriptionsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListSubscriptions"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.ListSubscriptionsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.ListSubscriptionsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DeliveryServiceMethodDescriptorSupplier("ListSubscriptions"))
              .build();
        }
      }
    }
    return getListSubscriptionsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.UpdateSubscriptionRequest,
      example.quzhong.api.notify.v1.UpdateSubscriptionResponse> getUpdateSubscriptionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateSubscription",
      requestType = example.quzhong.api.notify.v1.UpdateSubscriptionRequest.class,
      responseType = example.quzhong.api.notify.v1.UpdateSubscriptionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.UpdateSubscriptionRequest,
      example.quzhong.api.notify.v1.UpdateSubscriptionResponse> getUpdateSubscriptionMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.UpdateSubscriptionRequest, example.quzhong.api.notify.v1.UpdateSubscriptionResponse> getUpdateSubscriptionMethod;
    if ((getUpdateSubscriptionMethod = DeliveryServiceGrpc.getUpdateSubscriptionMethod) == null) {
      synchronized (DeliveryServiceGrpc.class) {
        if ((getUpdateSubscriptionMethod = DeliveryServiceGrpc.getUpdateSubscriptionMethod) == null) {
          DeliveryServiceGrpc.getUpdateSubscriptionMethod = getUpdateSubscriptionMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.UpdateSubscriptionRequest, example.quzhong.api.notify.v1.UpdateSubscriptionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateSubscription"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.UpdateSubscriptionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.UpdateSubscriptionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DeliveryServiceMethodDescriptorSupplier("UpdateSubscription"))
              .build();
        }
      }
    }
    return getUpdateSubscriptionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.DeleteSubscriptionRequest,
      example.quzhong.api.notify.v1.DeleteSubscriptionResponse> getDeleteSubscriptionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteSubscription",
      requestType = example.quzhong.api.notify.v1.DeleteSubscriptionRequest.class,
      responseType = example.quzhong.api.notify.v1.DeleteSubscriptionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.DeleteSubscriptionRequest,
      example.quzhong.api.notify.v1.DeleteSubscriptionResponse> getDeleteSubscriptionMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.DeleteSubscriptionRequest, example.quzhong.api.notify.v1.DeleteSubscriptionResponse> getDeleteSubscriptionMethod;
    if ((getDeleteSubscriptionMethod = DeliveryServiceGrpc.getDeleteSubscriptionMethod) == null) {
      synchronized (DeliveryServiceGrpc.class) {
        if ((getDeleteSubscriptionMethod = DeliveryServiceGrpc.getDeleteSubscriptionMethod) == null) {
          DeliveryServiceGrpc.getDeleteSubscriptionMethod = getDeleteSubscriptionMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.DeleteSubscriptionRequest, example.quzhong.api.notify.v1.DeleteSubscriptionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteSubscription"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.DeleteSubscriptionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.DeleteSubscriptionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DeliveryServiceMethodDescriptorSupplier("DeleteSubscription"))
              .build();
        }
      }
    }
    return getDeleteSubscriptionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.RotateSubscriptionSecretRequest,
      example.quzhong.api.notify.v1.RotateSubscriptionSecretResponse> getRotateSubscriptionSecretMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RotateSubscriptionSecret",
      requestType = example.quzhong.api.notify.v1.RotateSubscriptionSecretRequest.class,
      responseType = example.quzhong.api.notify.v1.RotateSubscriptionSecretResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.RotateSubscriptionSecretRequest,
      example.quzhong.api.notify.v1.RotateSubscriptionSecretResponse> getRotateSubscriptionSecretMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.RotateSubscriptionSecretRequest, example.quzhong.api.notify.v1.RotateSubscriptionSecretResponse> getRotateSubscriptionSecretMethod;
    if ((getRotateSubscriptionSecretMethod = DeliveryServiceGrpc.getRotateSubscriptionSecretMethod) == null) {
      synchronized (DeliveryServiceGrpc.class) {
        if ((getRotateSubscriptionSecretMethod = DeliveryServiceGrpc.getRotateSubscriptionSecretMethod) == null) {
          DeliveryServiceGrpc.getRotateSubscriptionSecretMethod = getRotateSubscriptionSecretMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.RotateSubscriptionSecretRequest, example.quzhong.api.notify.v1.RotateSubscriptionSecretResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RotateSubscriptionSecret"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.RotateSubscriptionSecretRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.RotateSubscriptionSecretResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DeliveryServiceMethodDescriptorSupplier("RotateSubscriptionSecret"))
              .build();
        }
      }
    }
    return getRotateSubscriptionSecretMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ListDeliveriesRequest,
      example.quzhong.api.notify.v1.ListDeliveriesResponse> getListDeliveriesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListDeliveries",
      requestType = example.quzhong.api.notify.v1.ListDeliveriesRequest.class,
      responseType = example.quzhong.api.notify.v1.ListDeliveriesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ListDeliveriesRequest,
      example.quzhong.api.notify.v1.ListDeliveriesResponse> getListDeliveriesMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.ListDeliveriesRequest, example.quzhong.api.notify.v1.ListDeliveriesResponse> getListDeliveriesMethod;
    if ((getListDeliveriesMethod = DeliveryServiceGrpc.getListDeliveriesMethod) == null) {
      synchronized (DeliveryServiceGrpc.class) {
        if ((getListDeliveriesMethod = DeliveryServiceGrpc.getListDeliveriesMethod) == null) {
          DeliveryServiceGrpc.getListDeliveriesMethod = getListDeliveriesMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.ListDeliveriesRequest, example.quzhong.api.notify.v1.ListDeliveriesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListDeliveries"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.ListDeliveriesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.ListDeliveriesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DeliveryServiceMethodDescriptorSupplier("ListDeliveries"))
              .build();
        }
      }
    }
    return getListDeliveriesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.RedeliverRequest,
      example.quzhong.api.notify.v1.RedeliverResponse> getRedeliverMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Redeliver",
      requestType = example.quzhong.api.notify.v1.RedeliverRequest.class,
      responseType = example.quzhong.api.notify.v1.RedeliverResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.RedeliverRequest,
      example.quzhong.api.notify.v1.RedeliverResponse> getRedeliverMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.notify.v1.RedeliverRequest, example.quzhong.api.notify.v1.RedeliverResponse> getRedeliverMethod;
    if ((getRedeliverMethod = DeliveryServiceGrpc.getRedeliverMethod) == null) {
      synchronized (DeliveryServiceGrpc.class) {
        if ((getRedeliverMethod = DeliveryServiceGrpc.getRedeliverMethod) == null) {
          DeliveryServiceGrpc.getRedeliverMethod = getRedeliverMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.notify.v1.RedeliverRequest, example.quzhong.api.notify.v1.RedeliverResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Redeliver"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.RedeliverRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.notify.v1.RedeliverResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DeliveryServiceMethodDescriptorSupplier("Redeliver"))
              .build();
        }
      }
    }
    return getRedeliverMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static DeliveryServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<DeliveryServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<DeliveryServiceStub>() {
        @java.lang.Override
        public DeliveryServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new DeliveryServiceStub(channel, callOptions);
        }
      };
    return DeliveryServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static DeliveryServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<DeliveryServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<DeliveryServiceBlockingV2Stub>() {
        @java.lang.Override
        public DeliveryServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new DeliveryServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return DeliveryServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static DeliveryServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<DeliveryServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<DeliveryServiceBlockingStub>() {
        @java.lang.Override
        public DeliveryServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new DeliveryServiceBlockingStub(channel, callOptions);
        }
      };
    return DeliveryServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static DeliveryServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<DeliveryServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<DeliveryServiceFutureStub>() {
        @java.lang.Override
        public DeliveryServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new DeliveryServiceFutureStub(channel, callOptions);
        }
      };
    return DeliveryServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * How alerts reach those who do not watch: webhooks and e-mail, at once or as a digest.
   * What a subscription hears is what its party may hear at the time of the alert.
   * </pre>
   */
  public interface AsyncService {

    /**
     */
    default void createSubscription(example.quzhong.api.notify.v1.CreateSubscriptionRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.CreateSubscriptionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateSubscriptionMethod(), responseObserver);
    }

    /**
     */
    default void listSubscriptions(example.quzhong.api.notify.v1.ListSubscriptionsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ListSubscriptionsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListSubscriptionsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Enable or disable it, or change what it hears. One that a receiver disabled (410, or too many failures) is
     * enabled again so.
     * </pre>
     */
    default void updateSubscription(example.quzhong.api.notify.v1.UpdateSubscriptionRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.UpdateSubscriptionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateSubscriptionMethod(), responseObserver);
    }

    /**
     */
    default void deleteSubscription(example.quzhong.api.notify.v1.DeleteSubscriptionRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.DeleteSubscriptionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteSubscriptionMethod(), responseObserver);
    }

    /**
     * <pre>
     * A new signing secret; the old one signs beside it for a day.
     * </pre>
     */
    default void rotateSubscriptionSecret(example.quzhong.api.notify.v1.RotateSubscriptionSecretRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.RotateSubscriptionSecretResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRotateSubscriptionSecretMethod(), responseObserver);
    }

    /**
     * <pre>
     * Receipts: each message to each recipient, and how far it has come.
     * </pre>
     */
    default void listDeliveries(example.quzhong.api.notify.v1.ListDeliveriesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ListDeliveriesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListDeliveriesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Send one message again, under the same id.
     * </pre>
     */
    default void redeliver(example.quzhong.api.notify.v1.RedeliverRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.RedeliverResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRedeliverMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service DeliveryService.
   * <pre>
   * How alerts reach those who do not watch: webhooks and e-mail, at once or as a digest.
   * What a subscription hears is what its party may hear at the time of the alert.
   * </pre>
   */
  public static abstract class DeliveryServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return DeliveryServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service DeliveryService.
   * <pre>
   * How alerts reach those who do not watch: webhooks and e-mail, at once or as a digest.
   * What a subscription hears is what its party may hear at the time of the alert.
   * </pre>
   */
  public static final class DeliveryServiceStub
      extends io.grpc.stub.AbstractAsyncStub<DeliveryServiceStub> {
    private DeliveryServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected DeliveryServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new DeliveryServiceStub(channel, callOptions);
    }

    /**
     */
    public void createSubscription(example.quzhong.api.notify.v1.CreateSubscriptionRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.CreateSubscriptionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateSubscriptionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     */
    public void listSubscriptions(example.quzhong.api.notify.v1.ListSubscriptionsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ListSubscriptionsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListSubscriptionsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Enable or disable it, or change what it hears. One that a receiver disabled (410, or too many failures) is
     * enabled again so.
     * </pre>
     */
    public void updateSubscription(example.quzhong.api.notify.v1.UpdateSubscriptionRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.UpdateSubscriptionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateSubscriptionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     */
    public void deleteSubscription(example.quzhong.api.notify.v1.DeleteSubscriptionRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.DeleteSubscriptionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteSubscriptionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * A new signing secret; the old one signs beside it for a day.
     * </pre>
     */
    public void rotateSubscriptionSecret(example.quzhong.api.notify.v1.RotateSubscriptionSecretRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.RotateSubscriptionSecretResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRotateSubscriptionSecretMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Receipts: each message to each recipient, and how far it has come.
     * </pre>
     */
    public void listDeliveries(example.quzhong.api.notify.v1.ListDeliveriesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ListDeliveriesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListDeliveriesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Send one message again, under the same id.
     * </pre>
     */
    public void redeliver(example.quzhong.api.notify.v1.RedeliverRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.RedeliverResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRedeliverMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service DeliveryService.
   * <pre>
   * How alerts reach those who do not watch: webhooks and e-mail, at once or as a digest.
   * What a subscription hears is what its party may hear at the time of the alert.
   * </pre>
   */
  public static final class DeliveryServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<DeliveryServiceBlockingV2Stub> {
    private DeliveryServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected DeliveryServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new DeliveryServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     */
    public example.quzhong.api.notify.v1.CreateSubscriptionResponse createSubscription(example.quzhong.api.notify.v1.CreateSubscriptionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateSubscriptionMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.notify.v1.ListSubscriptionsResponse listSubscriptions(example.quzhong.api.notify.v1.ListSubscriptionsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListSubscriptionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Enable or disable it, or change what it hears. One that a receiver disabled (410, or too many failures) is
     * enabled again so.
     * </pre>
     */
    public example.quzhong.api.notify.v1.UpdateSubscriptionResponse updateSubscription(example.quzhong.api.notify.v1.UpdateSubscriptionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateSubscriptionMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.notify.v1.DeleteSubscriptionResponse deleteSubscription(example.quzhong.api.notify.v1.DeleteSubscriptionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteSubscriptionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * A new signing secret; the old one signs beside it for a day.
     * </pre>
     */
    public example.quzhong.api.notify.v1.RotateSubscriptionSecretResponse rotateSubscriptionSecret(example.quzhong.api.notify.v1.RotateSubscriptionSecretRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRotateSubscriptionSecretMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Receipts: each message to each recipient, and how far it has come.
     * </pre>
     */
    public example.quzhong.api.notify.v1.ListDeliveriesResponse listDeliveries(example.quzhong.api.notify.v1.ListDeliveriesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListDeliveriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Send one message again, under the same id.
     * </pre>
     */
    public example.quzhong.api.notify.v1.RedeliverResponse redeliver(example.quzhong.api.notify.v1.RedeliverRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRedeliverMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service DeliveryService.
   * <pre>
   * How alerts reach those who do not watch: webhooks and e-mail, at once or as a digest.
   * What a subscription hears is what its party may hear at the time of the alert.
   * </pre>
   */
  public static final class DeliveryServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<DeliveryServiceBlockingStub> {
    private DeliveryServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected DeliveryServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new DeliveryServiceBlockingStub(channel, callOptions);
    }

    /**
     */
    public example.quzhong.api.notify.v1.CreateSubscriptionResponse createSubscription(example.quzhong.api.notify.v1.CreateSubscriptionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateSubscriptionMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.notify.v1.ListSubscriptionsResponse listSubscriptions(example.quzhong.api.notify.v1.ListSubscriptionsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListSubscriptionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Enable or disable it, or change what it hears. One that a receiver disabled (410, or too many failures) is
     * enabled again so.
     * </pre>
     */
    public example.quzhong.api.notify.v1.UpdateSubscriptionResponse updateSubscription(example.quzhong.api.notify.v1.UpdateSubscriptionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateSubscriptionMethod(), getCallOptions(), request);
    }

    /**
     */
    public example.quzhong.api.notify.v1.DeleteSubscriptionResponse deleteSubscription(example.quzhong.api.notify.v1.DeleteSubscriptionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteSubscriptionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * A new signing secret; the old one signs beside it for a day.
     * </pre>
     */
    public example.quzhong.api.notify.v1.RotateSubscriptionSecretResponse rotateSubscriptionSecret(example.quzhong.api.notify.v1.RotateSubscriptionSecretRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRotateSubscriptionSecretMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Receipts: each message to each recipient, and how far it has come.
     * </pre>
     */
    public example.quzhong.api.notify.v1.ListDeliveriesResponse listDeliveries(example.quzhong.api.notify.v1.ListDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListDeliveriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Send one message again, under the same id.
     * </pre>
     */
    public example.quzhong.api.notify.v1.RedeliverResponse redeliver(example.quzhong.api.notify.v1.RedeliverRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRedeliverMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service DeliveryService.
   * <pre>
   * How alerts reach those who do not watch: webhooks and e-mail, at once or as a digest.
   * What a subscription hears is what its party may hear at the time of the alert.
   * </pre>
   */
  public static final class DeliveryServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<DeliveryServiceFutureStub> {
    private DeliveryServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected DeliveryServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new DeliveryServiceFutureStub(channel, callOptions);
    }

    /**
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.CreateSubscriptionResponse> createSubscription(
        example.quzhong.api.notify.v1.CreateSubscriptionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateSubscriptionMethod(), getCallOptions()), request);
    }

    /**
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.ListSubscriptionsResponse> listSubscriptions(
        example.quzhong.api.notify.v1.ListSubscriptionsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListSubscriptionsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Enable or disable it, or change what it hears. One that a receiver disabled (410, or too many failures) is
     * enabled again so.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.UpdateSubscriptionResponse> updateSubscription(
        example.quzhong.api.notify.v1.UpdateSubscriptionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateSubscriptionMethod(), getCallOptions()), request);
    }

    /**
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.DeleteSubscriptionResponse> deleteSubscription(
        example.quzhong.api.notify.v1.DeleteSubscriptionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteSubscriptionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * A new signing secret; the old one signs beside it for a day.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.RotateSubscriptionSecretResponse> rotateSubscriptionSecret(
        example.quzhong.api.notify.v1.RotateSubscriptionSecretRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRotateSubscriptionSecretMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Receipts: each message to each recipient, and how far it has come.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.ListDeliveriesResponse> listDeliveries(
        example.quzhong.api.notify.v1.ListDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListDeliveriesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Send one message again, under the same id.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.notify.v1.RedeliverResponse> redeliver(
        example.quzhong.api.notify.v1.RedeliverRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRedeliverMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_SUBSCRIPTION = 0;
  private static final int METHODID_LIST_SUBSCRIPTIONS = 1;
  private static final int METHODID_UPDATE_SUBSCRIPTION = 2;
  private static final int METHODID_DELETE_SUBSCRIPTION = 3;
  private static final int METHODID_ROTATE_SUBSCRIPTION_SECRET = 4;
  private static final int METHODID_LIST_DELIVERIES = 5;
  private static final int METHODID_REDELIVER = 6;

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
        case METHODID_CREATE_SUBSCRIPTION:
          serviceImpl.createSubscription((example.quzhong.api.notify.v1.CreateSubscriptionRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.CreateSubscriptionResponse>) responseObserver);
          break;
        case METHODID_LIST_SUBSCRIPTIONS:
          serviceImpl.listSubscriptions((example.quzhong.api.notify.v1.ListSubscriptionsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ListSubscriptionsResponse>) responseObserver);
          break;
        case METHODID_UPDATE_SUBSCRIPTION:
          serviceImpl.updateSubscription((example.quzhong.api.notify.v1.UpdateSubscriptionRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.UpdateSubscriptionResponse>) responseObserver);
          break;
        case METHODID_DELETE_SUBSCRIPTION:
          serviceImpl.deleteSubscription((example.quzhong.api.notify.v1.DeleteSubscriptionRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.DeleteSubscriptionResponse>) responseObserver);
          break;
        case METHODID_ROTATE_SUBSCRIPTION_SECRET:
          serviceImpl.rotateSubscriptionSecret((example.quzhong.api.notify.v1.RotateSubscriptionSecretRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.RotateSubscriptionSecretResponse>) responseObserver);
          break;
        case METHODID_LIST_DELIVERIES:
          serviceImpl.listDeliveries((example.quzhong.api.notify.v1.ListDeliveriesRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.ListDeliveriesResponse>) responseObserver);
          break;
        case METHODID_REDELIVER:
          serviceImpl.redeliver((example.quzhong.api.notify.v1.RedeliverRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.notify.v1.RedeliverResponse>) responseObserver);
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
          getCreateSubscriptionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.CreateSubscriptionRequest,
              example.quzhong.api.notify.v1.CreateSubscriptionResponse>(
                service, METHODID_CREATE_SUBSCRIPTION)))
        .addMethod(
          getListSubscriptionsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.ListSubscriptionsRequest,
              example.quzhong.api.notify.v1.ListSubscriptionsResponse>(
                service, METHODID_LIST_SUBSCRIPTIONS)))
        .addMethod(
          getUpdateSubscriptionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.UpdateSubscriptionRequest,
              example.quzhong.api.notify.v1.UpdateSubscriptionResponse>(
                service, METHODID_UPDATE_SUBSCRIPTION)))
        .addMethod(
          getDeleteSubscriptionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.DeleteSubscriptionRequest,
              example.quzhong.api.notify.v1.DeleteSubscriptionResponse>(
                service, METHODID_DELETE_SUBSCRIPTION)))
        .addMethod(
          getRotateSubscriptionSecretMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.RotateSubscriptionSecretRequest,
              example.quzhong.api.notify.v1.RotateSubscriptionSecretResponse>(
                service, METHODID_ROTATE_SUBSCRIPTION_SECRET)))
        .addMethod(
          getListDeliveriesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.ListDeliveriesRequest,
              example.quzhong.api.notify.v1.ListDeliveriesResponse>(
                service, METHODID_LIST_DELIVERIES)))
        .addMethod(
          getRedeliverMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.notify.v1.RedeliverRequest,
              example.quzhong.api.notify.v1.RedeliverResponse>(
                service, METHODID_REDELIVER)))
        .build();
  }

  private static abstract class DeliveryServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    DeliveryServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return example.quzhong.api.notify.v1.DeliveryProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("DeliveryService");
    }
  }

  private static final class DeliveryServiceFileDescriptorSupplier
      extends DeliveryServiceBaseDescriptorSupplier {
    DeliveryServiceFileDescriptorSupplier() {}
  }

  private static final class DeliveryServiceMethodDescriptorSupplier
      extends DeliveryServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    DeliveryServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (DeliveryServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new DeliveryServiceFileDescriptorSupplier())
              .addMethod(getCreateSubscriptionMethod())
              .addMethod(getListSubscriptionsMethod())
              .addMethod(getUpdateSubscriptionMethod())
              .addMethod(getDeleteSubscriptionMethod())
              .addMethod(getRotateSubscriptionSecretMethod())
              .addMethod(getListDeliveriesMethod())
              .addMethod(getRedeliverMethod())
              .build();
        }
      }
    }
    return result;
  }
}
