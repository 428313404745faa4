package example.quzhong.api.intake.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Where platforms hand in events. Every call is answered per row, and only once the accepted rows are durable.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class IntakeServiceGrpc {

  private IntakeServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "quzhong.api.intake.v1.IntakeService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.intake.v1.SubmitWorkSessionsRequest,
      example.quzhong.api.intake.v1.SubmitWorkSessionsResponse> getSubmitWorkSessionsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SubmitWorkSessions",
      requestType = example.quzhong.api.intake.v1.SubmitWorkSessionsRequest.class,
      responseType = example.quzhong.api.intake.v1.SubmitWorkSessionsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.intake.v1.SubmitWorkSessionsRequest,
      example.quzhong.api.intake.v1.SubmitWorkSessionsResponse> getSubmitWorkSessionsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.intake.v1.SubmitWorkSessionsRequest, example.quzhong.api.intake.v1.SubmitWorkSessionsResponse> getSubmitWorkSessionsMethod;
    if ((getSubmitWorkSessionsMethod = IntakeServiceGrpc.getSubmitWorkSessionsMethod) == null) {
      synchronized (IntakeServiceGrpc.class) {
        if ((getSubmitWorkSessionsMethod = IntakeServiceGrpc.getSubmitWorkSessionsMethod) == null) {
          IntakeServiceGrpc.getSubmitWorkSessionsMethod = getSubmitWorkSessionsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.intake.v1.SubmitWorkSessionsRequest, example.quzhong.api.intake.v1.SubmitWorkSessionsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SubmitWorkSessions"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.intake.v1.SubmitWorkSessionsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.intake.v1.SubmitWorkSessionsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new IntakeServiceMethodDescriptorSupplier("SubmitWorkSessions"))
              .build();
        }
      }
    }
    return getSubmitWorkSessionsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.intake.v1.SubmitDispatchesRequest,
      example.quzhong.api.intake.v1.SubmitDispatchesResponse> getSubmitDispatchesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SubmitDispatches",
      requestType = example.quzhong.api.intake.v1.SubmitDispatchesRequest.class,
      responseType = example.quzhong.api.intake.v1.SubmitDispatchesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.intake.v1.SubmitDispatchesRequest,
      example.quzhong.api.intake.v1.SubmitDispatchesResponse> getSubmitDispatchesMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.intake.v1.SubmitDispatchesRequest, example.quzhong.api.intake.v1.SubmitDispatchesResponse> getSubmitDispatchesMethod;
    if ((getSubmitDispatchesMethod = IntakeServiceGrpc.getSubmitDispatchesMethod) == null) {
      synchronized (IntakeServiceGrpc.class) {
        if ((getSubmitDispatchesMethod = IntakeServiceGrpc.getSubmitDispatchesMethod) == null) {
          IntakeServiceGrpc.getSubmitDispatchesMethod = getSubmitDispatchesMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.intake.v1.SubmitDispatchesRequest, example.quzhong.api.intake.v1.SubmitDispatchesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SubmitDispatches"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.intake.v1.SubmitDispatchesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.intake.v1.SubmitDispatchesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new IntakeServiceMethodDescriptorSupplier("SubmitDispatches"))
              .build();
        }
      }
    }
    return getSubmitDispatchesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.intake.v1.UploadWorkSessionsRequest,
      example.quzhong.api.intake.v1.UploadWorkSessionsResponse> getUploadWorkSessionsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UploadWorkSessions",
      requestType = example.quzhong.api.intake.v1.UploadWorkSessionsRequest.class,
      responseType = example.quzhong.api.intake.v1.UploadWorkSessionsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING)
  public static io.grpc.MethodDescriptor<example.quzhong.api.intake.v1.UploadWorkSessionsRequest,
      example.quzhong.api.intake.v1.UploadWorkSessionsResponse> getUploadWorkSessionsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.intake.v1.UploadWorkSessionsRequest, example.quzhong.api.intake.v1.UploadWorkSessionsResponse> getUploadWorkSessionsMethod;
    if ((getUploadWorkSessionsMethod = IntakeServiceGrpc.getUploadWorkSessionsMethod) == null) {
      synchronized (IntakeServiceGrpc.class) {
        if ((getUploadWorkSessionsMethod = IntakeServiceGrpc.getUploadWorkSessionsMethod) == null) {
          IntakeServiceGrpc.getUploadWorkSessionsMethod = getUploadWorkSessionsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.intake.v1.UploadWorkSessionsRequest, example.quzhong.api.intake.v1.UploadWorkSessionsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UploadWorkSessions"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.intake.v1.UploadWorkSessionsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.intake.v1.UploadWorkSessionsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new IntakeServiceMethodDescriptorSupplier("UploadWorkSessions"))
              .build();
        }
      }
    }
    return getUploadWorkSessionsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.intake.v1.UploadDispatchesRequest,
      example.quzhong.api.intake.v1.UploadDispatchesResponse> getUploadDispatchesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UploadDispatches",
      requestType = example.quzhong.api.intake.v1.UploadDispatchesRequest.class,
      responseType = example.quzhong.api.intake.v1.UploadDispatchesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING)
  public static io.grpc.MethodDescriptor<example.quzhong.api.intake.v1.UploadDispatchesRequest,
      example.quzhong.api.intake.v1.UploadDispatchesResponse> getUploadDispatchesMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.intake.v1.UploadDispatchesRequest, example.quzhong.api.intake.v1.UploadDispatchesResponse> getUploadDispatchesMethod;
    if ((getUploadDispatchesMethod = IntakeServiceGrpc.getUploadDispatchesMethod) == null) {
      synchronized (IntakeServiceGrpc.class) {
        if ((getUploadDispatchesMethod = IntakeServiceGrpc.getUploadDispatchesMethod) == null) {
          IntakeServiceGrpc.getUploadDispatchesMethod = getUploadDispatchesMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.intake.v1.UploadDispatchesRequest, example.quzhong.api.intake.v1.UploadDispatchesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UploadDispatches"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.intake.v1.UploadDispatchesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.intake.v1.UploadDispatchesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new IntakeServiceMethodDescriptorSupplier("UploadDispatches"))
              .build();
        }
      }
    }
    return getUploadDispatchesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.intake.v1.CheckEventsRequest,
      example.quzhong.api.intake.v1.CheckEventsResponse> getCheckEventsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CheckEvents",
      requestType = example.quzhong.api.intake.v1.CheckEventsRequest.class,
      responseType = example.quzhong.api.intake.v1.CheckEventsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.intake.v1.CheckEventsRequest,
      example.quzhong.api.intake.v1.CheckEventsResponse> getCheckEventsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.intake.v1.CheckEventsRequest, example.quzhong.api.intake.v1.CheckEventsResponse> getCheckEventsMethod;
    if ((getCheckEventsMethod = IntakeServiceGrpc.getCheckEventsMethod) == null) {
      synchronized (IntakeServiceGrpc.class) {
        if ((getCheckEventsMethod = IntakeServiceGrpc.getCheckEventsMethod) == null) {
          IntakeServiceGrpc.getCheckEventsMethod = getCheckEventsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.intake.v1.CheckEventsRequest, example.quzhong.api.intake.v1.CheckEventsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CheckEvents"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.intake.v1.CheckEventsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.intake.v1.CheckEventsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new IntakeServiceMethodDescriptorSupplier("CheckEvents"))
              .build();
        }
      }
    }
    return getCheckEventsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.intake.v1.GetIntegrationStatusRequest,
      example.quzhong.api.intake.v1.GetIntegrationStatusResponse> getGetIntegrationStatusMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetIntegrationStatus",
      requestType = example.quzhong.api.intake.v1.GetIntegrationStatusRequest.class,
      responseType = example.quzhong.api.intake.v1.GetIntegrationStatusResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.intake.v1.GetIntegrationStatusRequest,
      example.quzhong.api.intake.v1.GetIntegrationStatusResponse> getGetIntegrationStatusMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.intake.v1.GetIntegrationStatusRequest, example.quzhong.api.intake.v1.GetIntegrationStatusResponse> getGetIntegrationStatusMethod;
    if ((getGetIntegrationStatusMethod = IntakeServiceGrpc.getGetIntegrationStatusMethod) == null) {
      synchronized (IntakeServiceGrpc.class) {
        if ((getGetIntegrationStatusMethod = IntakeServiceGrpc.getGetIntegrationStatusMethod) == null) {
          IntakeServiceGrpc.getGetIntegrationStatusMethod = getGetIntegrationStatusMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.intake.v1.GetIntegrationStatusRequest, example.quzhong.api.intake.v1.GetIntegrationStatusResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetIntegrationStatus"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.intake.v1.GetIntegrationStatusRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.intake.v1.GetIntegrationStatusResponse.getDefaultInstance()))
              .setSchemaDescriptor(new IntakeServiceMethodDescriptorSupplier("GetIntegrationStatus"))
              .build();
        }
      }
    }
    return getGetIntegrationStatusMethod;
  }

  private static volatile io.grpc.MethodDescriptor<example.quzhong.api.intake.v1.ReadWorkerEventsRequest,
      example.quzhong.api.intake.v1.ReadWorkerEventsResponse> getReadWorkerEventsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReadWorkerEvents",
      requestType = example.quzhong.api.intake.v1.ReadWorkerEventsRequest.class,
      responseType = example.quzhong.api.intake.v1.ReadWorkerEventsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<example.quzhong.api.intake.v1.ReadWorkerEventsRequest,
      example.quzhong.api.intake.v1.ReadWorkerEventsResponse> getReadWorkerEventsMethod() {
    io.grpc.MethodDescriptor<example.quzhong.api.intake.v1.ReadWorkerEventsRequest, example.quzhong.api.intake.v1.ReadWorkerEventsResponse> getReadWorkerEventsMethod;
    if ((getReadWorkerEventsMethod = IntakeServiceGrpc.getReadWorkerEventsMethod) == null) {
      synchronized (IntakeServiceGrpc.class) {
        if ((getReadWorkerEventsMethod = IntakeServiceGrpc.getReadWorkerEventsMethod) == null) {
          IntakeServiceGrpc.getReadWorkerEventsMethod = getReadWorkerEventsMethod =
              io.grpc.MethodDescriptor.<example.quzhong.api.intake.v1.ReadWorkerEventsRequest, example.quzhong.api.intake.v1.ReadWorkerEventsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReadWorkerEvents"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.intake.v1.ReadWorkerEventsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  example.quzhong.api.intake.v1.ReadWorkerEventsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new IntakeServiceMethodDescriptorSupplier("ReadWorkerEvents"))
              .build();
        }
      }
    }
    return getReadWorkerEventsMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static IntakeServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<IntakeServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<IntakeServiceStub>() {
        @java.lang.Override
        public IntakeServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new IntakeServiceStub(channel, callOptions);
        }
      };
    return IntakeServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static IntakeServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<IntakeServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<IntakeServiceBlockingV2Stub>() {
        @java.lang.Override
        public IntakeServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new IntakeServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return IntakeServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static IntakeServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<IntakeServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<IntakeServiceBlockingStub>() {
        @java.lang.Override
        public IntakeServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new IntakeServiceBlockingStub(channel, callOptions);
        }
      };
    return IntakeServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static IntakeServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<IntakeServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<IntakeServiceFutureStub>() {
        @java.lang.Override
        public IntakeServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new IntakeServiceFutureStub(channel, callOptions);
        }
      };
    return IntakeServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Where platforms hand in events. Every call is answered per row, and only once the accepted rows are durable.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * At most 5,000 rows. A resent request_id gets its earlier answer for seven days.
     * </pre>
     */
    default void submitWorkSessions(example.quzhong.api.intake.v1.SubmitWorkSessionsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.intake.v1.SubmitWorkSessionsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSubmitWorkSessionsMethod(), responseObserver);
    }

    /**
     * <pre>
     * At most 5,000 rows. A resent request_id gets its earlier answer for seven days.
     * </pre>
     */
    default void submitDispatches(example.quzhong.api.intake.v1.SubmitDispatchesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.intake.v1.SubmitDispatchesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSubmitDispatchesMethod(), responseObserver);
    }

    /**
     * <pre>
     * The same for bulk: many batches, one answer.
     * </pre>
     */
    default io.grpc.stub.StreamObserver<example.quzhong.api.intake.v1.UploadWorkSessionsRequest> uploadWorkSessions(
        io.grpc.stub.StreamObserver<example.quzhong.api.intake.v1.UploadWorkSessionsResponse> responseObserver) {
      return io.grpc.stub.ServerCalls.asyncUnimplementedStreamingCall(getUploadWorkSessionsMethod(), responseObserver);
    }

    /**
     * <pre>
     * The same for bulk: many batches, one answer.
     * </pre>
     */
    default io.grpc.stub.StreamObserver<example.quzhong.api.intake.v1.UploadDispatchesRequest> uploadDispatches(
        io.grpc.stub.StreamObserver<example.quzhong.api.intake.v1.UploadDispatchesResponse> responseObserver) {
      return io.grpc.stub.ServerCalls.asyncUnimplementedStreamingCall(getUploadDispatchesMethod(), responseObserver);
    }

    /**
     * <pre>
     * What SubmitWorkSessions and SubmitDispatches would answer now, without taking anything in: for a platform's tests.
     * Nothing of it is kept, counted or told to anybody.
     * </pre>
     */
    default void checkEvents(example.quzhong.api.intake.v1.CheckEventsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.intake.v1.CheckEventsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCheckEventsMethod(), responseObserver);
    }

    /**
     * <pre>
     * How a platform's integration stands: what became of its rows, and how late they come.
     * </pre>
     */
    default void getIntegrationStatus(example.quzhong.api.intake.v1.GetIntegrationStatusRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.intake.v1.GetIntegrationStatusResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetIntegrationStatusMethod(), responseObserver);
    }

    /**
     * <pre>
     * What was said about one worker, from the archive and what is not archived yet.
     * </pre>
     */
    default void readWorkerEvents(example.quzhong.api.intake.v1.ReadWorkerEventsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.intake.v1.ReadWorkerEventsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReadWorkerEventsMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service IntakeService.
   * <pre>
   * Where platforms hand in events. Every call is answered per row, and only once the accepted rows are durable.
   * </pre>
   */
  public static abstract class IntakeServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return IntakeServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service IntakeService.
   * <pre>
   * Where platforms hand in events. Every call is answered per row, and only once the accepted rows are durable.
   * </pre>
   */
  public static final class IntakeServiceStub
      extends io.grpc.stub.AbstractAsyncStub<IntakeServiceStub> {
    private IntakeServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected IntakeServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new IntakeServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * At most 5,000 rows. A resent request_id gets its earlier answer for seven days.
     * </pre>
     */
    public void submitWorkSessions(example.quzhong.api.intake.v1.SubmitWorkSessionsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.intake.v1.SubmitWorkSessionsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSubmitWorkSessionsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * At most 5,000 rows. A resent request_id gets its earlier answer for seven days.
     * </pre>
     */
    public void submitDispatches(example.quzhong.api.intake.v1.SubmitDispatchesRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.intake.v1.SubmitDispatchesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSubmitDispatchesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * The same for bulk: many batches, one answer.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<example.quzhong.api.intake.v1.UploadWorkSessionsRequest> uploadWorkSessions(
        io.grpc.stub.StreamObserver<example.quzhong.api.intake.v1.UploadWorkSessionsResponse> responseObserver) {
      return io.grpc.stub.ClientCalls.asyncClientStreamingCall(
          getChannel().newCall(getUploadWorkSessionsMethod(), getCallOptions()), responseObserver);
    }

    /**
     * <pre>
     * The same for bulk: many batches, one answer.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<example.quzhong.api.intake.v1.UploadDispatchesRequest> uploadDispatches(
        io.grpc.stub.StreamObserver<example.quzhong.api.intake.v1.UploadDispatchesResponse> responseObserver) {
      return io.grpc.stub.ClientCalls.asyncClientStreamingCall(
          getChannel().newCall(getUploadDispatchesMethod(), getCallOptions()), responseObserver);
    }

    /**
     * <pre>
     * What SubmitWorkSessions and SubmitDispatches would answer now, without taking anything in: for a platform's tests.
     * Nothing of it is kept, counted or told to anybody.
     * </pre>
     */
    public void checkEvents(example.quzhong.api.intake.v1.CheckEventsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.intake.v1.CheckEventsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCheckEventsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * How a platform's integration stands: what became of its rows, and how late they come.
     * </pre>
     */
    public void getIntegrationStatus(example.quzhong.api.intake.v1.GetIntegrationStatusRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.intake.v1.GetIntegrationStatusResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetIntegrationStatusMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * What was said about one worker, from the archive and what is not archived yet.
     * </pre>
     */
    public void readWorkerEvents(example.quzhong.api.intake.v1.ReadWorkerEventsRequest request,
        io.grpc.stub.StreamObserver<example.quzhong.api.intake.v1.ReadWorkerEventsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReadWorkerEventsMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service IntakeService.
   * <pre>
   * Where platforms hand in events. Every call is answered per row, and only once the accepted rows are durable.
   * </pre>
   */
  public static final class IntakeServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<IntakeServiceBlockingV2Stub> {
    private IntakeServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected IntakeServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new IntakeServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * At most 5,000 rows. A resent request_id gets its earlier answer for seven days.
     * </pre>
     */
    public example.quzhong.api.intake.v1.SubmitWorkSessionsResponse submitWorkSessions(example.quzhong.api.intake.v1.SubmitWorkSessionsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSubmitWorkSessionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * At most 5,000 rows. A resent request_id gets its earlier answer for seven days.
     * </pre>
     */
    public example.quzhong.api.intake.v1.SubmitDispatchesResponse submitDispatches(example.quzhong.api.intake.v1.SubmitDispatchesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSubmitDispatchesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The same for bulk: many batches, one answer.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<example.quzhong.api.intake.v1.UploadWorkSessionsRequest, example.quzhong.api.intake.v1.UploadWorkSessionsResponse>
        uploadWorkSessions() {
      return io.grpc.stub.ClientCalls.blockingClientStreamingCall(
          getChannel(), getUploadWorkSessionsMethod(), getCallOptions());
    }

    /**
     * <pre>
     * The same for bulk: many batches, one answer.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<example.quzhong.api.intake.v1.UploadDispatchesRequest, example.quzhong.api.intake.v1.UploadDispatchesResponse>
        uploadDispatches() {
      return io.grpc.stub.ClientCalls.blockingClientStreamingCall(
          getChannel(), getUploadDispatchesMethod(), getCallOptions());
    }

    /**
     * <pre>
     * What SubmitWorkSessions and SubmitDispatches would answer now, without taking anything in: for a platform's tests.
     * Nothing of it is kept, counted or told to anybody.
     * </pre>
     */
    public example.quzhong.api.intake.v1.CheckEventsResponse checkEvents(example.quzhong.api.intake.v1.CheckEventsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCheckEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * How a platform's integration stands: what became of its rows, and how late they come.
     * </pre>
     */
    public example.quzhong.api.intake.v1.GetIntegrationStatusResponse getIntegrationStatus(example.quzhong.api.intake.v1.GetIntegrationStatusRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetIntegrationStatusMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * What was said about one worker, from the archive and what is not archived yet.
     * </pre>
     */
    public example.quzhong.api.intake.v1.ReadWorkerEventsResponse readWorkerEvents(example.quzhong.api.intake.v1.ReadWorkerEventsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReadWorkerEventsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service IntakeService.
   * <pre>
   * Where platforms hand in events. Every call is answered per row, and only once the accepted rows are durable.
   * </pre>
   */
  public static final class IntakeServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<IntakeServiceBlockingStub> {
    private IntakeServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected IntakeServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new IntakeServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * At most 5,000 rows. A resent request_id gets its earlier answer for seven days.
     * </pre>
     */
    public example.quzhong.api.intake.v1.SubmitWorkSessionsResponse submitWorkSessions(example.quzhong.api.intake.v1.SubmitWorkSessionsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSubmitWorkSessionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * At most 5,000 rows. A resent request_id gets its earlier answer for seven days.
     * </pre>
     */
    public example.quzhong.api.intake.v1.SubmitDispatchesResponse submitDispatches(example.quzhong.api.intake.v1.SubmitDispatchesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSubmitDispatchesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * What SubmitWorkSessions and SubmitDispatches would answer now, without taking anything in: for a platform's tests.
     * Nothing of it is kept, counted or told to anybody.
     * </pre>
     */
    public example.quzhong.api.intake.v1.CheckEventsResponse checkEvents(example.quzhong.api.intake.v1.CheckEventsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCheckEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * How a platform's integration stands: what became of its rows, and how late they come.
     * </pre>
     */
    public example.quzhong.api.intake.v1.GetIntegrationStatusResponse getIntegrationStatus(example.quzhong.api.intake.v1.GetIntegrationStatusRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetIntegrationStatusMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * What was said about one worker, from the archive and what is not archived yet.
     * </pre>
     */
    public example.quzhong.api.intake.v1.ReadWorkerEventsResponse readWorkerEvents(example.quzhong.api.intake.v1.ReadWorkerEventsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReadWorkerEventsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service IntakeService.
   * <pre>
   * Where platforms hand in events. Every call is answered per row, and only once the accepted rows are durable.
   * </pre>
   */
  public static final class IntakeServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<IntakeServiceFutureStub> {
    private IntakeServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected IntakeServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new IntakeServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * At most 5,000 rows. A resent request_id gets its earlier answer for seven days.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.intake.v1.SubmitWorkSessionsResponse> submitWorkSessions(
        example.quzhong.api.intake.v1.SubmitWorkSessionsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSubmitWorkSessionsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * At most 5,000 rows. A resent request_id gets its earlier answer for seven days.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.intake.v1.SubmitDispatchesResponse> submitDispatches(
        example.quzhong.api.intake.v1.SubmitDispatchesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSubmitDispatchesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * What SubmitWorkSessions and SubmitDispatches would answer now, without taking anything in: for a platform's tests.
     * Nothing of it is kept, counted or told to anybody.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.intake.v1.CheckEventsResponse> checkEvents(
        example.quzhong.api.intake.v1.CheckEventsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCheckEventsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * How a platform's integration stands: what became of its rows, and how late they come.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.intake.v1.GetIntegrationStatusResponse> getIntegrationStatus(
        example.quzhong.api.intake.v1.GetIntegrationStatusRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetIntegrationStatusMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * What was said about one worker, from the archive and what is not archived yet.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<example.quzhong.api.intake.v1.ReadWorkerEventsResponse> readWorkerEvents(
        example.quzhong.api.intake.v1.ReadWorkerEventsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReadWorkerEventsMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_SUBMIT_WORK_SESSIONS = 0;
  private static final int METHODID_SUBMIT_DISPATCHES = 1;
  private static final int METHODID_CHECK_EVENTS = 2;
  private static final int METHODID_GET_INTEGRATION_STATUS = 3;
  private static final int METHODID_READ_WORKER_EVENTS = 4;
  private static final int METHODID_UPLOAD_WORK_SESSIONS = 5;
  private static final int METHODID_UPLOAD_DISPATCHES = 6;

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
        case METHODID_SUBMIT_WORK_SESSIONS:
          serviceImpl.submitWorkSessions((example.quzhong.api.intake.v1.SubmitWorkSessionsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.intake.v1.SubmitWorkSessionsResponse>) responseObserver);
          break;
        case METHODID_SUBMIT_DISPATCHES:
          serviceImpl.submitDispatches((example.quzhong.api.intake.v1.SubmitDispatchesRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.intake.v1.SubmitDispatchesResponse>) responseObserver);
          break;
        case METHODID_CHECK_EVENTS:
          serviceImpl.checkEvents((example.quzhong.api.intake.v1.CheckEventsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.intake.v1.CheckEventsResponse>) responseObserver);
          break;
        case METHODID_GET_INTEGRATION_STATUS:
          serviceImpl.getIntegrationStatus((example.quzhong.api.intake.v1.GetIntegrationStatusRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.intake.v1.GetIntegrationStatusResponse>) responseObserver);
          break;
        case METHODID_READ_WORKER_EVENTS:
          serviceImpl.readWorkerEvents((example.quzhong.api.intake.v1.ReadWorkerEventsRequest) request,
              (io.grpc.stub.StreamObserver<example.quzhong.api.intake.v1.ReadWorkerEventsResponse>) responseObserver);
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
        case METHODID_UPLOAD_WORK_SESSIONS:
          return (io.grpc.stub.StreamObserver<Req>) serviceImpl.uploadWorkSessions(
              (io.grpc.stub.StreamObserver<example.quzhong.api.intake.v1.UploadWorkSessionsResponse>) responseObserver);
        case METHODID_UPLOAD_DISPATCHES:
          return (io.grpc.stub.StreamObserver<Req>) serviceImpl.uploadDispatches(
              (io.grpc.stub.StreamObserver<example.quzhong.api.intake.v1.UploadDispatchesResponse>) responseObserver);
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getSubmitWorkSessionsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.intake.v1.SubmitWorkSessionsRequest,
              example.quzhong.api.intake.v1.SubmitWorkSessionsResponse>(
                service, METHODID_SUBMIT_WORK_SESSIONS)))
        .addMethod(
          getSubmitDispatchesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.intake.v1.SubmitDispatchesRequest,
              example.quzhong.api.intake.v1.SubmitDispatchesResponse>(
                service, METHODID_SUBMIT_DISPATCHES)))
        .addMethod(
          getUploadWorkSessionsMethod(),
          io.grpc.stub.ServerCalls.asyncClientStreamingCall(
            new MethodHandlers<
              example.quzhong.api.intake.v1.UploadWorkSessionsRequest,
              example.quzhong.api.intake.v1.UploadWorkSessionsResponse>(
                service, METHODID_UPLOAD_WORK_SESSIONS)))
        .addMethod(
          getUploadDispatchesMethod(),
          io.grpc.stub.ServerCalls.asyncClientStreamingCall(
            new MethodHandlers<
              example.quzhong.api.intake.v1.UploadDispatchesRequest,
              example.quzhong.api.intake.v1.UploadDispatchesResponse>(
                service, METHODID_UPLOAD_DISPATCHES)))
        .addMethod(
          getCheckEventsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.intake.v1.CheckEventsRequest,
              example.quzhong.api.intake.v1.CheckEventsResponse>(
                service, METHODID_CHECK_EVENTS)))
        .addMethod(
          getGetIntegrationStatusMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.intake.v1.GetIntegrationStatusRequest,
              example.quzhong.api.intake.v1.GetIntegrationStatusResponse>(
                service, METHODID_GET_INTEGRATION_STATUS)))
        .addMethod(
          getReadWorkerEventsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              example.quzhong.api.intake.v1.ReadWorkerEventsRequest,
              example.quzhong.api.intake.v1.ReadWorkerEventsResponse>(
                service, METHODID_READ_WORKER_EVENTS)))
        .build();
  }

  private static abstract class IntakeServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    IntakeServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return example.quzhong.api.intake.v1.IntakeProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("IntakeService");
    }
  }

  private static final class IntakeServiceFileDescriptorSupplier
      extends IntakeServiceBaseDescriptorSupplier {
    IntakeServiceFileDescriptorSupplier() {}
  }

  private static final class IntakeServiceMethodDescriptorSupplier
      extends IntakeServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    IntakeServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (IntakeServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new IntakeServiceFileDescriptorSupplier())
              .addMethod(getSubmitWorkSessionsMethod())
              .addMethod(getSubmitDispatchesMethod())
              .addMethod(getUploadWorkSessionsMethod())
              .addMethod(getUploadDispatchesMethod())
              .addMethod(getCheckEventsMethod())
              .addMethod(getGetIntegrationStatusMethod())
              .addMethod(getReadWorkerEventsMethod())
              .build();
        }
      }
    }
    return result;
  }
}
